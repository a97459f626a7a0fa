/// How items and keys look as bytes.
///
/// **Item** ([BinaryItem], written by [ItemWriter], looked into by [ItemReader]): canonical, so
/// that two items are equal exactly when their bytes are, and navigable, so that a condition or an
/// answer reads what it needs and skips the rest.
///
/// ```
/// item      = version (1: 0x01) ‖ size (varint: bytes by AWS's accounting) ‖ attributes
/// attributes= count (varint) ‖ attribute*          sorted by name, unsigned bytes, no duplicates
/// attribute = name length (varint) ‖ name (UTF-8) ‖ value
/// value     = tag (1) ‖ payload
///   0x01 S    length (varint) ‖ UTF-8
///   0x02 N    length (varint) ‖ plain decimal text, canonical (Numbers.text)
///   0x03 B    length (varint) ‖ bytes
///   0x04 BOOL false    0x05 BOOL true    0x06 NULL            no payload
///   0x07 SS   0x08 NS   0x09 BS
///             body bytes (4, big-endian) ‖ count (varint) ‖ (length (varint) ‖ element)*
///             sorted by unsigned bytes, no duplicates
///   0x0a L    body bytes (4) ‖ count (varint) ‖ value*
///   0x0b M    body bytes (4) ‖ attributes
/// varint    = unsigned LEB128, at most 5 bytes
/// ```
///
/// **Stored key** ([StoredKeys]): unsigned byte order is the order in which Query and Scan answer.
///
/// ```
/// stored key = table id (8) ‖ kind (1) ‖ hash (16: MD5 of the encoded partition key) ‖
///              partition key ‖ sort key
/// S, B       = bytes with 0x00 written as 0x00 0xff ‖ 0x00 0x01 at the end
/// N          = 0x00 negative, 0x01 zero, 0x02 positive; then, not for zero:
///              exponent + 200 (2, big-endian) ‖ digits in pairs (value + 1 each) ‖ 0x00
///              for a negative number all bytes after the sign inverted
/// local index entry = table id (8) ‖ 0x02 ‖ index number (1) ‖ hash (16) ‖ partition key ‖
///              index sort key ‖ table sort key      each index lies together: Scan reads one
/// global index entry = index id (8) ‖ 0x01 ‖ hash (16: MD5 of the encoded partition key) ‖ values
///              of the partition key ‖ values of the index sort key ‖ table's partition and sort key
/// index position    = index id (8) ‖ 0x0c ‖ partition of the table (8)
/// change record     = partition (8) ‖ 0x05 ‖ slot (8) ‖ number (4)
/// expiry entry      = table id (8) ‖ 0x06 ‖ second (8: since 1970) ‖ hash (16) ‖ partition key ‖
///              sort key
/// bound of a stream = partition (8) ‖ 0x0d ‖ label (UTF-8) ‖ 0x00 ‖ 0x00 where it begins | 0x01 ends
/// lock on an item   = as the item's, with the kind 0x08
/// transaction mark  = partition (8) ‖ 0x09 ‖ transaction's id (16)
/// of a partition as a whole = partition (8) ‖ 0x04 (its schema) | 0x07 (how far the filling of
///              expiry entries is) | 0x0e (the position up to which change records are forgotten)
///              | 0x0a (the epoch of its transactions)
/// ```
///
/// **Message** between nodes ([WireWriter], [WireReader]): the parts of which `expression` and
/// `replica` make theirs.
///
/// ```
/// bool  = 0x00 | 0x01       varint = as above, 0 … 2³¹ − 1, in its shortest form
/// bytes = length (varint) ‖ bytes
/// text  = bytes of UTF-8    item   = bytes of an item
/// value = the item whose only attribute, `v`, has that value
/// ```
///
/// The first byte of an item is its format's version; an unknown one is refused, never guessed.
/// Bytes that come from the store are trusted ([BinaryItem#wrap]): they are under a checksum there.
/// Those of a message are checked as a whole ([BinaryItem#parse]), and malformed ones are an
/// `IOException`, never anything else; what is read is bounded by the message's length.
@NullMarked
package dev.evenkeel.codec;

import org.jspecify.annotations.NullMarked;
