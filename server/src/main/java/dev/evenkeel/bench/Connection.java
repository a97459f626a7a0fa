package dev.evenkeel.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One connection: sends requests and matches replies to them in order. Lives on its driver's loop.
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline hears of failures
final class Connection extends ChannelInboundHandlerAdapter {
  private final Driver driver;
  private final ScanCursor cursor;
  private final ResponseReader reader = new ResponseReader();
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private String lostBecause = "ConnectionClosed";

  /// A connection of `driver` that, where the workload is a scan, goes on at `cursor`.
  Connection(Driver driver, ScanCursor cursor) {
    this.driver = driver;
    this.cursor = cursor;
  }

  /// Whether requests can be sent.
  boolean isOpen() {
    return context != null && context.channel().isActive();
  }

  /// The segment that this connection scans.
  ScanCursor cursor() {
    return cursor;
  }

  /// Puts a request into the connection's buffer; [#flush] sends it.
  void write(Call call, byte[] request) {
    ChannelHandlerContext to = opened();
    calls.add(call);
    ByteBuf buffer = to.alloc().directBuffer(request.length).writeBytes(request);
    to.write(buffer, to.voidPromise());
  }

  /// Sends what [#write] gathered.
  void flush() {
    opened().flush();
  }

  /// Gives up where the oldest request was sent before `limit`.
  void closeIfWaitingSince(long limit) {
    Call oldest = calls.peek();
    if (oldest != null && oldest.sentAt - limit < 0 && isOpen()) {
      lostBecause = "Timeout";
      opened().close();
    }
  }

  /// Closes without waiting for replies.
  void close() {
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable()) {
        Call call = calls.peek();
        if (call == null) {
          throw new java.net.ProtocolException("a reply to no request");
        }
        if (reader.read(in, call.operation == Operation.SCAN_PAGE)) {
          calls.remove();
          driver.completed(this, call, reader);
        }
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    driver.pump();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      driver.failed(call, lostBecause);
    }
    driver.lost(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lostBecause = cause.getClass().getSimpleName();
    ctx.close();
  }

  private ChannelHandlerContext opened() {
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    return context;
  }
}
