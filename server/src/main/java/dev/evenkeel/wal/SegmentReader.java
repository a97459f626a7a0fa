package dev.evenkeel.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads one segment through a window of bounded size.
final class SegmentReader {
  private static final int WINDOW_BYTES = 1 << 20;

  private final Segment segment;
  private ByteBuffer window;

  /// Which bytes of the segment the window holds. `[from, to)`.
  private int from;

  private int to;

  /// @param window memory to use; [#window] gives it back, or what took its place
  SegmentReader(Segment segment, ByteBuffer window) {
    this.segment = segment;
    this.window = window;
  }

  static ByteBuffer newWindow() {
    return ByteBuffer.allocate(0);
  }

  ByteBuffer window() {
    return window;
  }

  /// How many bytes the batch at `start` takes, where it is whole and valid; else 0.
  ///
  /// @param batch which one it must be; 0 for any
  /// @param ordinal how many batches are before it in the segment
  int verify(int start, long batch, int ordinal) throws IOException {
    long expected = batch;
    int position = start;
    while (isRecord(position)) {
      int at = at(position, RecordFormat.HEADER_BYTES);
      long found = RecordFormat.batch(window, at);
      if (RecordFormat.ordinal(window, at) != ordinal || (expected != 0 && found != expected)) {
        return 0;
      }
      expected = found;
      position += RecordFormat.bytes(RecordFormat.length(window, at));
      if (RecordFormat.isLast(window, at)) {
        return position - start;
      }
    }
    return 0;
  }

  /// Gives the records of a batch that was verified.
  ///
  /// @param bytes as [#verify] answered
  /// @param places is told where the records lie
  /// @return the batch's number
  long replay(int start, int bytes, LogReplay replay, Places places) throws IOException {
    long batch = 0;
    for (int position = start; position < start + bytes; ) {
      int at = wholeRecord(position);
      batch = RecordFormat.batch(window, at);
      if (!RecordFormat.isSeal(window, at)) {
        RecordFormat.replay(window, at, replay);
        keep(at, position, places);
      }
      position += RecordFormat.bytes(RecordFormat.length(window, at));
    }
    return batch;
  }

  private void keep(int at, int position, Places places) {
    long group = RecordFormat.group(window, at);
    long slot = RecordFormat.slot(window, at);
    segment.pin(group, slot);
    if (!RecordFormat.isNote(RecordFormat.kind(window, at))) {
      places.recovered(group, slot, RecordPlaces.place(segment.number(), position));
    }
  }

  /// The group's record that lies there; null where there is none, or it does not verify.
  @Nullable LogRecord record(int position, long group) throws IOException {
    if (!isRecord(position)) {
      return null;
    }
    int at = wholeRecord(position);
    boolean same = !RecordFormat.isSeal(window, at) && RecordFormat.group(window, at) == group;
    return same ? RecordFormat.record(window, at) : null;
  }

  /// Whether the batch that begins there is a seal.
  boolean isSeal(int start) throws IOException {
    int at = at(start, RecordFormat.HEADER_BYTES);
    return RecordFormat.isSeal(window, at);
  }

  /// Whether it looks as if something was written there in this life of the segment.
  boolean mayBegin(int position) throws IOException {
    int room = segment.bytes() - position;
    if (room < RecordFormat.HEADER_BYTES) {
      return false;
    }
    int at = at(position, RecordFormat.HEADER_BYTES);
    return segment.records().mayBegin(window, at, room);
  }

  /// Shows each valid record from `start` on, wherever it begins.
  void search(int start, Found found) throws IOException {
    int position = start;
    while (position + RecordFormat.HEADER_BYTES <= segment.bytes()) {
      if (isRecord(position)) {
        int at = wholeRecord(position);
        int end = position + RecordFormat.bytes(RecordFormat.length(window, at));
        found.record(RecordFormat.batch(window, at), RecordFormat.ordinal(window, at), end);
        position = end;
      } else {
        position += RecordFormat.ALIGNMENT;
      }
    }
  }

  /// Takes a valid record that a search came upon.
  interface Found {
    /// @param end where it ends in the segment
    void record(long batch, int ordinal, int end) throws IOException;
  }

  private boolean isRecord(int position) throws IOException {
    if (!mayBegin(position)) {
      return false;
    }
    int at = wholeRecord(position);
    return segment.records().verifies(window, at, position);
  }

  private int wholeRecord(int position) throws IOException {
    int at = at(position, RecordFormat.HEADER_BYTES);
    return at(position, RecordFormat.bytes(RecordFormat.length(window, at)));
  }

  /// Where in the window that position of the segment is, with `length` bytes from there on.
  private int at(int position, int length) throws IOException {
    if (position < from || position + length > to) {
      load(position, length);
    }
    return position - from;
  }

  /// What a file lacks of its segment's size reads as zeros.
  private void load(int position, int length) throws IOException {
    if (window.capacity() < length) {
      int more = Math.max(WINDOW_BYTES, 2 * window.capacity());
      window = segment.file().buffer(Math.max(length, more));
    }
    from = position;
    to = Math.min(segment.bytes(), position + window.capacity());
    window.clear().limit(to - from);
    segment.file().read(from, window);
    while (window.hasRemaining()) {
      window.put((byte) 0);
    }
  }
}
