package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/// Netty's parser in its strict form, which stops when its connection does not want more.
///
/// Strict: lines end in CR LF; a repeated Content-Length, one beside Transfer-Encoding, and any
/// coding but a final `chunked` are refused.
final class RequestDecoder extends HttpRequestDecoder {
  /// No need to cut a body into pieces: it is copied out at once.
  private static final int CHUNK_BYTES_MAX = 1024 * 1024;

  private final Connection connection;

  RequestDecoder(Connection connection, int lineBytesMax) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(lineBytesMax)
            .setMaxHeaderSize(lineBytesMax)
            .setMaxChunkSize(CHUNK_BYTES_MAX)
            .setStrictLineParsing(true)
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true));
    this.connection = connection;
  }

  /// Bytes that come while the connection is paused wait here; there are at most as many as one
  /// read of the socket yields, because a paused connection does not read.
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (connection.isInputEnded()) {
      buffer.skipBytes(buffer.readableBytes());
    } else if (!connection.isPaused()) {
      connection.receiving();
      super.decode(ctx, buffer, out);
    }
  }

  /// The superclass would ask for one more read when it has decoded nothing.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (connection.isPaused()) {
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  /// Decodes what waited.
  static void resume(ChannelHandlerContext ctx) {
    ctx.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
    ctx.pipeline().fireChannelReadComplete();
  }
}
