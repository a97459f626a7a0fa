package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the last segment of a recovered log what it looks like: all its batches durable, and
/// nothing behind them.
///
/// What was read may be in the page cache only, and after a failed sync it stays there without ever
/// being written. So what ends in a batch of records is copied to another file, which takes the
/// segment's name when it is durable: writing acknowledged bytes again in their place could destroy
/// them if the power fails just then. A seal carries nothing and is written again where it is.
final class TailRepair {
  private static final int PIECE_BYTES = 1 << 20;

  private final SegmentFolder folder;
  private final Segment segment;
  private final ByteBuffer piece;

  TailRepair(SegmentFolder folder, Segment segment) {
    this.folder = folder;
    this.segment = segment;
    this.piece = segment.file().buffer(PIECE_BYTES);
  }

  /// For a log that ends in a seal, or holds no batch.
  ///
  /// @param sealBytes what the seal takes, or 0
  /// @param remainsEnd to which place at the least nothing may be left
  /// @param done told when all is durable, or why it is not
  void inPlace(int sealBytes, int remainsEnd, Consumer<@Nullable IOException> done)
      throws IOException {
    copy(segment.end() - sealBytes, segment.end(), segment.file());
    erase(segment.end(), remainsEnd);
    segment.file().sync(done);
  }

  /// For a log that ends in a batch of records.
  ///
  /// A former segment gives up its name before it is written to: what a copy that is interrupted
  /// leaves verifies as this segment's, so it must never be copied to again.
  ///
  /// @param former a former segment to use, or null for a new file
  /// @param done told when all is durable, or why it is not
  void byCopy(@Nullable String former, Consumer<@Nullable IOException> done) throws IOException {
    String name = folder.unfinished(segment.number());
    if (former != null) {
      folder.rename(former, name);
    }
    Disk.File file = folder.disk().open(name);
    try {
      copy(0, segment.end(), file);
      fill(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.sync(failure -> done.accept(failure == null ? replace(name, file) : failure));
  }

  private @Nullable IOException replace(String name, Disk.File file) {
    try {
      file.close();
      folder.rename(name, folder.segment(segment.number()));
      segment.moveTo(folder.disk().open(folder.segment(segment.number())));
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private void copy(int from, int to, Disk.File target) throws IOException {
    for (int position = from; position < to; position += PIECE_BYTES) {
      piece.clear().limit(Math.min(PIECE_BYTES, to - position));
      segment.file().read(position, piece);
      target.write(position, piece.flip());
    }
  }

  /// Zeros from where the file ends to where the segment does. A former segment is long enough, and
  /// what it holds does not verify in this one.
  private void fill(Disk.File file) throws IOException {
    clearPiece();
    for (long position = file.size(); position < segment.bytes(); position += PIECE_BYTES) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, segment.bytes() - position));
      file.write(position, piece);
    }
  }

  /// Writes zeros wherever there is something else.
  private void erase(int from, int to) throws IOException {
    for (int position = from; position < to; position += PIECE_BYTES) {
      int length = Math.min(PIECE_BYTES, to - position);
      piece.clear().limit(length);
      segment.file().read(position, piece);
      if (hasContent(piece.flip())) {
        clearPiece();
        segment.file().write(position, piece.clear().limit(length));
      }
    }
  }

  private void clearPiece() {
    piece.clear();
    while (piece.hasRemaining()) {
      piece.putLong(0);
    }
  }

  private static boolean hasContent(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (bytes.get() != 0) {
        return true;
      }
    }
    return false;
  }
}
