package dev.evenkeel.runtime;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An open file of the file system.
///
/// @param name as given to [FileDisk], for messages
record ChannelFile(String name, FileChannel channel) implements Disk.File {
  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw FileDisk.failure("ask for the size of", name, e);
    }
  }

  /// Outside of the heap: the operating system would have any other copied first.
  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public int read(long position, ByteBuffer into) throws IOException {
    try {
      int total = 0;
      while (into.hasRemaining()) {
        int count = channel.read(into, position + total);
        if (count < 0) {
          break;
        }
        total += count;
      }
      return total;
    } catch (IOException e) {
      throw FileDisk.failure("read", name, e);
    }
  }

  @Override
  public void write(long position, ByteBuffer from) throws IOException {
    try {
      long at = position;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    } catch (IOException e) {
      throw FileDisk.failure("write", name, e);
    }
  }

  /// Syncs on the calling thread. Of the metadata only what is needed to find the bytes again is
  /// made durable, so a file that does not grow costs one write to the device.
  @Override
  public void sync(Consumer<@Nullable IOException> done) {
    @Nullable IOException failure = null;
    try {
      channel.force(false);
    } catch (IOException e) {
      failure = FileDisk.failure("sync", name, e);
    }
    done.accept(failure);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileDisk.failure("close", name, e);
    }
  }
}
