package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [PageRead] found.
///
/// @param items those that passed the filter, in order
/// @param evaluated how many items were evaluated
/// @param bytes their bytes by AWS's accounting, before filter and projection
/// @param fetchedBytes sizes of the items fetched for index entries, each rounded up to whole read
///   blocks; 0 without a fetch
/// @param last the item or entry evaluated last, where the page ended before the range; else null
public record Page(
    List<BinaryItem> items,
    int evaluated,
    long bytes,
    long fetchedBytes,
    @Nullable BinaryItem last) {}
