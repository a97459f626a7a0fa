package dev.evenkeel.runtime;

import dev.evenkeel.environment.Network;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// One end of a connection: four bytes of length, then the frame, again and again.
///
/// Any thread puts frames into a queue; one task of the event loop copies what is there into large
/// buffers and flushes once. While the socket takes nothing the queue fills, up to its bound.
// A close or a write has no outcome that anybody could act on: a failed one closes the channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class FrameChannel extends ByteToMessageDecoder implements Network.Connection {
  /// As many bytes of frames are put into one buffer, if no single one is longer.
  private static final int BATCH_BYTES = 64 << 10;

  private static final int LENGTH_BYTES = 4;

  /// How long closing waits for what was sent before.
  private static final long CLOSE_MILLIS_MAX = 1_000;

  private final FatalErrors fatal;
  private final Supplier<Network.ConnectionListener> listeners;

  /// Whether this node connects: then the listener is told also when that fails.
  private final boolean outgoing;

  private final long queueBytesMax;
  private final Queue<ByteBuffer> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean drainIsDue = new AtomicBoolean();

  /// What the drain is putting together; used on the event loop.
  private final List<ByteBuffer> batch = new ArrayList<>();

  /// Set on the event loop before anybody else can know this connection.
  private @Nullable Channel channel;

  /// Set when the connection is open; used on the event loop, as are the two below.
  private Network.@Nullable ConnectionListener listener;

  /// The peer's certificate's; null without TLS.
  private volatile @Nullable List<String> names;

  private @Nullable IOException reason;

  private volatile boolean closed;

  private FrameChannel(
      FatalErrors fatal,
      long queueBytesMax,
      Supplier<Network.ConnectionListener> listeners,
      boolean outgoing) {
    this.fatal = fatal;
    this.queueBytesMax = queueBytesMax;
    this.listeners = listeners;
    this.outgoing = outgoing;
  }

  static FrameChannel outgoing(
      FatalErrors fatal, long queueBytesMax, Network.ConnectionListener listener) {
    return new FrameChannel(fatal, queueBytesMax, () -> listener, true);
  }

  /// The acceptor is asked when the connection is open.
  static FrameChannel incoming(FatalErrors fatal, long queueBytesMax, Network.Acceptor acceptor) {
    return new FrameChannel(fatal, queueBytesMax, acceptor::accepted, false);
  }

  @Override
  public boolean send(ByteBuffer frame) {
    int bytes = frame.remaining();
    if (bytes > Network.FRAME_BYTES_MAX) {
      throw new IllegalArgumentException("a frame of " + bytes + " bytes");
    }
    if (closed || queuedBytes.get() >= queueBytesMax) {
      return false;
    }
    queuedBytes.addAndGet(bytes);
    queue.add(frame);
    drainSoon();
    return true;
  }

  private void drainSoon() {
    if (drainIsDue.compareAndSet(false, true)) {
      channel().eventLoop().execute(this::drain);
    }
  }

  /// The mark is taken away before the queue is read: a frame that comes later brings a new drain.
  private void drain() {
    drainIsDue.set(false);
    boolean written = false;
    while (channel().isWritable() && writeBatch()) {
      written = true;
    }
    if (written) {
      channel().flush();
    }
  }

  private boolean writeBatch() {
    int bytes = 0;
    while (bytes < BATCH_BYTES) {
      @Nullable ByteBuffer frame = queue.poll();
      if (frame == null) {
        break;
      }
      batch.add(frame);
      bytes += LENGTH_BYTES + frame.remaining();
    }
    if (batch.isEmpty()) {
      return false;
    }
    ByteBuf buffer = channel().alloc().directBuffer(bytes);
    for (ByteBuffer frame : batch) {
      buffer.writeInt(frame.remaining());
      buffer.writeBytes(frame);
    }
    queuedBytes.addAndGet((long) batch.size() * LENGTH_BYTES - bytes);
    batch.clear();
    channel().write(buffer);
    return true;
  }

  @Override
  public boolean mayBe(int node) {
    List<String> proved = names;
    return proved == null || NodeCertificates.name(node, proved);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      channel().eventLoop().execute(this::closeNow);
    }
  }

  private void closeNow() {
    drain();
    Channel ending = channel();
    ending.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    ending.eventLoop().schedule((Runnable) ending::close, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
  }

  private Channel channel() {
    if (channel == null) {
      throw new IllegalStateException("not connected");
    }
    return channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) == null) {
      open();
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event)
      throws SSLPeerUnverifiedException {
    if (event instanceof SslHandshakeCompletionEvent end && end.isSuccess()) {
      names = NodeCertificates.names(context.pipeline().get(SslHandler.class));
      open();
    }
    context.fireUserEventTriggered(event);
  }

  private void open() {
    hand(() -> {
      Network.ConnectionListener first = listeners.get();
      listener = first;
      first.opened(this);
    });
  }

  /// A listener that throws is a bug of this node.
  private void hand(Runnable call) {
    if (!fatal.run(call)) {
      channel().close();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws IOException {
    if (in.readableBytes() < LENGTH_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 0 || length > Network.FRAME_BYTES_MAX) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes came");
    }
    if (in.readableBytes() - LENGTH_BYTES >= length) {
      byte[] frame = new byte[length];
      in.skipBytes(LENGTH_BYTES).readBytes(frame);
      Network.ConnectionListener now = listener;
      if (now != null) {
        hand(() -> now.frame(ByteBuffer.wrap(frame)));
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      drain();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable inner = cause.getCause();
    broken(cause instanceof DecoderException && inner != null ? inner : cause);
    context.close();
  }

  /// Keeps the first reason for which it broke.
  void broken(Throwable cause) {
    if (reason == null) {
      reason = cause instanceof IOException io ? io : new IOException(cause.getMessage(), cause);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    closed = true;
    queue.clear();
    Network.ConnectionListener last = outgoing ? listeners.get() : listener;
    listener = null;
    if (last != null) {
      hand(() -> last.closed(reason));
    }
  }
}
