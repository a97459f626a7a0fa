package dev.evenkeel.wal;

/// A record that was read back from the log.
///
/// @param kind as given to [LogGroup#append]; not negative, since notes are not read back
@SuppressWarnings("ArrayRecordComponent") // nobody compares records
public record LogRecord(byte kind, long ballot, long slot, byte[] payload) {}
