package dev.evenkeel.wal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found when a log was opened.
///
/// @param full segments before the active one, the oldest first, their files closed
/// @param range of the segments that are there
/// @param active the segment that holds the log's end; null when there is no segment
/// @param lastBatch number of the newest valid batch, or 0
/// @param lastBatchBytes how much of the active segment it takes, or 0
/// @param sealed whether the newest batch is a seal, or there is none
/// @param remainsEnd where the last remains of a torn batch end in the active segment
/// @param spares numbers of former segments
/// @param former a former segment to which the active one may be copied; null where that is not to
///   be done, or there is none
record Recovered(
    List<Segment> full,
    SegmentRange range,
    @Nullable Segment active,
    long lastBatch,
    int lastBatchBytes,
    boolean sealed,
    int remainsEnd,
    List<Long> spares,
    @Nullable String former) {}
