package dev.evenkeel.ceiling;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A bare HTTP server, one port per fixed answer.
public final class Ceiling {
  private Ceiling() {}

  /// Serves until the process is killed.
  ///
  /// @param arguments pairs of a port and a file that holds one whole HTTP response
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      FixedAnswer answer = FixedAnswer.parse(Files.readAllBytes(Path.of(arguments[i + 1])));
      channels.add(serve(loops, Integer.parseInt(arguments[i]), answer));
    }
    System.out.println("ready");
    for (Channel channel : channels) {
      channel.closeFuture().sync();
    }
  }

  private static Channel serve(EventLoopGroup loops, int port, FixedAnswer answer)
      throws InterruptedException {
    return new ServerBootstrap()
        .group(loops)
        .channel(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new BareHandler(answer));
              }
            })
        .bind(InetAddress.getLoopbackAddress(), port)
        .sync()
        .channel();
  }
}
