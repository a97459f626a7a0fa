package dev.evenkeel.ceiling;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// Copies and sums each request's body, then answers with fixed bytes.
final class BareHandler extends ChannelInboundHandlerAdapter {
  private final FixedAnswer answer;
  private final byte[] copy = new byte[64 * 1024];
  private long sum;

  BareHandler(FixedAnswer answer) {
    this.answer = answer;
  }

  /// The sum of all bytes of all bodies: what keeps the copies from being optimised away.
  long sum() {
    return sum;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the pipeline hears of failures
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpContent content) {
        add(content.content());
      }
      if (message instanceof LastHttpContent) {
        context.write(answer.response());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the client hangs up when it has measured
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void add(ByteBuf body) {
    while (body.isReadable()) {
      int count = Math.min(body.readableBytes(), copy.length);
      body.readBytes(copy, 0, count);
      for (int i = 0; i < count; i++) {
        sum += copy[i];
      }
    }
  }
}
