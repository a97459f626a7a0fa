package dev.evenkeel.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections to the endpoint, and opens another for each that is lost while the run lasts.
@SuppressWarnings("FutureReturnValueIgnored") // of timers that cannot fail
final class Connector {
  private static final int CONNECT_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 100;
  private static final int RECEIVE_BYTES = 8 * 1024;

  private final URI endpoint;
  private final @Nullable SslContext tls;

  Connector(URI endpoint) throws BenchFailure {
    this.endpoint = endpoint;
    try {
      this.tls =
          "https".equals(endpoint.getScheme()) ? SslContextBuilder.forClient().build() : null;
    } catch (SSLException e) {
      throw new BenchFailure("TLS is not available: " + e.getMessage());
    }
  }

  /// The port that an endpoint means.
  static int port(URI endpoint) {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return "https".equals(endpoint.getScheme()) ? 443 : 80;
  }

  /// Opens the first connection of a slot; the result is done when it is there, or has failed.
  CompletableFuture<Void> open(EventLoop loop, Driver driver, ScanCursor cursor) {
    CompletableFuture<Void> opened = new CompletableFuture<>();
    connect(loop, driver, cursor)
        .addListener(result -> {
          if (result.isSuccess()) {
            opened.complete(null);
          } else {
            opened.completeExceptionally(result.cause());
          }
        });
    return opened;
  }

  private ChannelFuture connect(EventLoop loop, Driver driver, ScanCursor cursor) {
    Connection connection = new Connection(driver, cursor);
    ChannelFuture result =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
            .handler(pipeline(connection))
            .connect(endpoint.getHost(), port(endpoint));
    result.addListener(done -> {
      if (done.isSuccess()) {
        driver.connected(connection);
        result.channel().closeFuture().addListener(_ -> reopen(loop, driver, cursor, 0));
      }
    });
    return result;
  }

  private void reopen(EventLoop loop, Driver driver, ScanCursor cursor, long delayMillis) {
    if (!driver.isRunning()) {
      return;
    }
    loop.schedule(
        () ->
            connect(loop, driver, cursor)
                .addListener(again -> {
                  if (!again.isSuccess()) {
                    reopen(loop, driver, cursor, RETRY_MILLIS);
                  }
                }),
        delayMillis,
        TimeUnit.MILLISECONDS);
  }

  private ChannelInitializer<Channel> pipeline(Connection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (tls != null) {
          channel
              .pipeline()
              .addLast(tls.newHandler(channel.alloc(), endpoint.getHost(), port(endpoint)));
        }
        channel.pipeline().addLast(connection);
      }
    };
  }
}
