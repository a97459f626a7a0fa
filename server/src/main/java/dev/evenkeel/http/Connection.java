package dev.evenkeel.http;

import dev.evenkeel.api.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection: the order of its answers, when it is read from, its deadlines, its end.
///
/// ```
/// open ──(answer with close, or the client closed its side)──▶ input ended ──(last answer)──▶ lingering ──▶ closed
///   └────────────────(a deadline passed, a broken socket)──────────────────────────────────────────────────┘
/// ```
// A close has no outcome that anybody could act on; a failed write closes the channel by itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  /// A client that sends nothing for so long after draining began has nothing on its way.
  private static final Duration QUIET = Duration.ofMillis(200);

  private final Loop loop;
  private final Intake intake;

  /// Requests without an answer sent, oldest first.
  private final ArrayDeque<Exchange> inFlight = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private boolean reading;
  private boolean paused;
  private boolean flushPending;
  private boolean draining;

  /// When that began.
  private long drainingSinceNanos;

  /// Nothing more is taken from this client.
  private boolean inputEnded;

  private boolean lingering;

  /// A request has begun to arrive and is not complete.
  private boolean receiving;

  /// When the wait for the client began: for what, the states above tell.
  private long sinceNanos;

  /// More is waiting to be sent than a client that reads would leave.
  private boolean stalled;

  /// When the client last took something, while it is stalled.
  private long stalledSinceNanos;

  /// What was waiting then of the answer that is being sent.
  private int stalledBytes;

  Connection(Loop loop) {
    this.loop = loop;
    this.intake = new Intake(this, loop);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    sinceNanos = loop.tickNanos();
    loop.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reading = true;
    if (message instanceof HttpRequest request && !inputEnded) {
      intake.begin(request);
    }
    if (message instanceof HttpContent content) {
      try {
        if (!inputEnded) {
          intake.content(content);
        }
      } finally {
        ReferenceCountUtil.release(content);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    ctx.flush();
  }

  /// Takes its place behind the requests before it.
  void enqueue(Exchange exchange) {
    inFlight.add(exchange);
  }

  /// Called after a request was handed on.
  void pauseWhenFull() {
    if (inFlight.size() >= loop.service().options().limits().pipelinedMax()) {
      pause();
    }
  }

  /// Takes a reply over and writes, without flushing, every answer whose turn has come; true when
  /// there was one.
  boolean answered(Exchange exchange) {
    exchange.setReady();
    ChannelHandlerContext ctx = context();
    boolean wrote = false;
    Exchange first = inFlight.peek();
    Response reply = first == null ? null : first.reply();
    while (first != null && reply != null) {
      inFlight.remove();
      if (ctx.channel().isActive()) {
        write(ctx, first, reply);
        wrote = true;
      }
      first.finish();
      first = inFlight.peek();
      reply = first == null ? null : first.reply();
    }
    if (wrote) {
      continueFirst();
      resumeWhenPossible();
    }
    return wrote;
  }

  private void write(ChannelHandlerContext ctx, Exchange exchange, Response response) {
    if (inFlight.isEmpty() && !receiving && (draining || inputEnded)) {
      exchange.setClose();
    }
    ByteBuf buffer = loop.writer().write(ctx.alloc(), exchange, response);
    loop.service().traffic().sentBytes.add(buffer.readableBytes());
    sinceNanos = loop.tickNanos();
    if (exchange.isKeepAlive()) {
      ctx.write(buffer, ctx.voidPromise());
      return;
    }
    endInput();
    ctx.writeAndFlush(buffer).addListener(sent -> linger());
  }

  /// Tells the client whose turn it is to send its body.
  void continueFirst() {
    Exchange first = inFlight.peek();
    if (first != null && first.isContinueOwed()) {
      first.setContinueOwed(false);
      ChannelHandlerContext ctx = context();
      ctx.writeAndFlush(AnswerWriter.writeContinue(ctx.alloc()), ctx.voidPromise());
    }
  }

  /// Nothing that comes after this is looked at.
  void endInput() {
    inputEnded = true;
    receiving = false;
  }

  /// Closes for writing, and waits a moment for the client to close.
  private void linger() {
    ChannelHandlerContext ctx = context();
    if (lingering || !ctx.channel().isActive()) {
      return;
    }
    lingering = true;
    sinceNanos = loop.tickNanos();
    if (ctx.channel() instanceof DuplexChannel channel && !channel.isInputShutdown()) {
      channel.shutdownOutput();
      ctx.channel().config().setAutoRead(true);
    } else {
      ctx.close();
    }
  }

  private void pause() {
    if (!paused) {
      paused = true;
      context().channel().config().setAutoRead(false);
    }
  }

  private void resumeWhenPossible() {
    if (paused && mayRead()) {
      loop.execute(this::resume);
    }
  }

  private boolean mayRead() {
    return context().channel().isWritable()
        && inFlight.size() < loop.service().options().limits().pipelinedMax();
  }

  private void resume() {
    ChannelHandlerContext ctx = context();
    if (paused && mayRead() && ctx.channel().isActive()) {
      paused = false;
      sinceNanos = loop.tickNanos();
      RequestDecoder.resume(ctx);
      if (!paused) {
        ctx.channel().config().setAutoRead(true);
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stalled = !ctx.channel().isWritable();
    if (stalled) {
      stalledSinceNanos = loop.tickNanos();
      pause();
    } else {
      resumeWhenPossible();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      endInput();
      if (intake.isIncomplete()) {
        intake.abandon();
        inFlight.removeLast();
      }
      if (inFlight.isEmpty() || lingering) {
        ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endInput();
    loop.remove(this);
    intake.abandon();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
    if (cause instanceof IOException) {
      LOG.log(System.Logger.Level.DEBUG, "connection broke", cause);
      return;
    }
    LOG.log(System.Logger.Level.ERROR, "connection closed after a fault of the endpoint", cause);
    if (cause instanceof Error) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }

  /// Takes one more request at most: closes after the last answer. A client that sends nothing for
  /// a while is closed too; not at once, since a request may be on its way.
  void drain() {
    draining = true;
    drainingSinceNanos = loop.nanos();
  }

  void close() {
    context().close();
  }

  /// @param nowNanos monotonic
  void checkDeadlines(long nowNanos) {
    HttpTimeouts timeouts = loop.service().options().timeouts();
    long waited = nowNanos - sinceNanos;
    if (stalled) {
      noteProgress(nowNanos);
      closeAfter(nowNanos - stalledSinceNanos, timeouts.stalled().toNanos());
    } else if (lingering) {
      if (waited > timeouts.linger().toNanos()) {
        close();
      }
    } else if (receiving && !paused) {
      boolean head = !intake.isIncomplete();
      long limit = head ? timeouts.head().toNanos() : timeouts.body().toNanos();
      if (waited > limit) {
        loop.service().traffic().timeouts.increment();
        intake.timedOut();
      }
    } else if (inFlight.isEmpty()) {
      if (draining && nowNanos - drainingSinceNanos > QUIET.toNanos()) {
        close();
      } else {
        closeAfter(waited, timeouts.idle().toNanos());
      }
    }
  }

  /// A client that takes a large answer slowly, but takes it, is not cut off.
  private void noteProgress(long nowNanos) {
    ChannelOutboundBuffer unsent = context().channel().unsafe().outboundBuffer();
    Object first = unsent == null ? null : unsent.current();
    int bytes = first instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    if (bytes != stalledBytes) {
      stalledBytes = bytes;
      stalledSinceNanos = nowNanos;
    }
  }

  private void closeAfter(long waitedNanos, long limitNanos) {
    if (waitedNanos > limitNanos) {
      loop.service().traffic().timeouts.increment();
      close();
    }
  }

  /// Bytes of a request have come.
  void receiving() {
    if (!receiving) {
      receiving = true;
      sinceNanos = loop.tickNanos();
    }
  }

  /// A request has come whole.
  void received() {
    receiving = false;
    sinceNanos = loop.tickNanos();
  }

  /// The head has come; the time for the body begins.
  void headReceived() {
    sinceNanos = loop.tickNanos();
  }

  void flush() {
    flushPending = false;
    context().flush();
  }

  boolean isFlushPending() {
    return flushPending;
  }

  void setFlushPending(boolean pending) {
    flushPending = pending;
  }

  boolean isReading() {
    return reading;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isInputEnded() {
    return inputEnded;
  }

  Loop loop() {
    return loop;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "a connection belongs to a channel");
  }
}
