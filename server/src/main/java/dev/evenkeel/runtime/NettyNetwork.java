package dev.evenkeel.runtime;

import dev.evenkeel.environment.Network;
import dev.evenkeel.runtime.NetworkOptions.TlsFiles;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// TCP connections, in an event loop of their own, so that a busy endpoint does not delay them.
// A close has no outcome that anybody could act on.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettyNetwork implements Network, AutoCloseable {
  /// One thread: a node has few peers, and everything they send stays in order without a lock.
  private static final int THREADS = 1;

  private static final int CONNECT_MILLIS_MAX = 2_000;
  private static final int UNSENT_BYTES_LOW = 128 << 10;
  private static final int UNSENT_BYTES_HIGH = 512 << 10;
  private static final long SHUTDOWN_MILLIS = 500;

  private final NetworkOptions options;
  private final FatalErrors fatal;
  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;
  private final @Nullable SslContext client;
  private final @Nullable SslContext server;

  private NettyNetwork(
      NetworkOptions options, FatalErrors fatal, @Nullable NodeCertificates certificates) {
    this.options = options;
    this.fatal = fatal;
    this.client = certificates == null ? null : certificates.client();
    this.server = certificates == null ? null : certificates.server();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(THREADS, new DefaultThreadFactory("network", true), io);
    group.forEach(loop -> loop.execute(() -> Turn.join(loop)));
  }

  static NettyNetwork open(NetworkOptions options, FatalErrors fatal) throws IOException {
    @Nullable TlsFiles tls = options.tls();
    return new NettyNetwork(options, fatal, tls == null ? null : NodeCertificates.read(tls));
  }

  @Override
  public Listening listen(Acceptor acceptor) throws IOException {
    InetSocketAddress bind = options.bind();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(UNSENT_BYTES_LOW, UNSENT_BYTES_HIGH))
            .childHandler(new Setup(server, () -> incoming(acceptor)))
            .bind(bind)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "cannot listen for other nodes on %s: %s",
              text(bind),
              bound.cause().getMessage()),
          bound.cause());
    }
    Channel listener = bound.channel();
    return () -> listener.close().awaitUninterruptibly();
  }

  @Override
  public void connect(int node, ConnectionListener listener) {
    @Nullable InetSocketAddress address = options.directory().apply(node);
    if (address == null) {
      refuse(listener, new IOException("nobody knows the address of node " + node));
      return;
    }
    FrameChannel channel = FrameChannel.outgoing(fatal, options.queueBytesMax(), listener);
    new Bootstrap()
        .group(group)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(UNSENT_BYTES_LOW, UNSENT_BYTES_HIGH))
        .handler(new Setup(client, () -> channel))
        .connect(address)
        .addListener(done -> {
          if (!done.isSuccess()) {
            channel.broken(done.cause());
          }
        });
  }

  private FrameChannel incoming(Acceptor acceptor) {
    return FrameChannel.incoming(fatal, options.queueBytesMax(), acceptor);
  }

  private void refuse(ConnectionListener listener, IOException reason) {
    group.next().execute(() -> fatal.run(() -> listener.closed(reason)));
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /// Gives a channel its handlers.
  private static final class Setup extends ChannelInitializer<Channel> {
    private final @Nullable SslContext tls;
    private final Supplier<FrameChannel> frames;

    Setup(@Nullable SslContext tls, Supplier<FrameChannel> frames) {
      this.tls = tls;
      this.frames = frames;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tls != null) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc()));
      }
      channel.pipeline().addLast(frames.get());
    }
  }

  /// Closes every connection, and ends the thread.
  @Override
  public void close() {
    group.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
