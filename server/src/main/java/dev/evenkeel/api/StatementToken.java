package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the next page of a SELECT begins: NextToken, bound to the statement that made it.
///
/// ```
/// token = base64( body ‖ digest of body (8) )      body is a message of codec's parts
/// body  = version (1: 0x01) ‖ statement (bytes: 16) ‖ range (varint) ‖ last (optional item)
/// ```
///
/// The digests find tokens that were altered, or belong to another statement, by accident. Nobody
/// gains by forging one: what a statement may read does not depend on its token.
///
/// @param range the range that goes on, by its place in the plan
/// @param last the key evaluated last in it; null: it has not begun
record StatementToken(int range, @Nullable BinaryItem last) {
  private static final int VERSION = 0x01;
  private static final int BINDING_BYTES = 16;
  private static final int CHECK_BYTES = 8;
  private static final int BYTES_USUAL = 256;

  /// What a token is bound to: the statement, its parameters, and the table that it read.
  static byte[] binding(String statement, List<AttributeValue> parameters, long table) {
    WireWriter out = new WireWriter(BYTES_USUAL);
    out.int64(table).text(statement).varint(parameters.size());
    parameters.forEach(out::value);
    return digest(out.finish(), BINDING_BYTES);
  }

  String text(byte[] binding) {
    WireWriter out = new WireWriter(BYTES_USUAL);
    out.int8(VERSION).bytes(binding).varint(range).optionalItem(last);
    byte[] body = out.finish();
    byte[] token = Arrays.copyOf(body, body.length + CHECK_BYTES);
    System.arraycopy(digest(body, CHECK_BYTES), 0, token, body.length, CHECK_BYTES);
    return Base64.getEncoder().encodeToString(token);
  }

  /// @throws ApiException a ValidationException, when it is no token, or that of another statement
  static StatementToken parse(String text, byte[] binding) {
    try {
      byte[] token = Base64.getDecoder().decode(text);
      if (token.length < CHECK_BYTES) {
        throw new IOException("too short");
      }
      byte[] body = Arrays.copyOf(token, token.length - CHECK_BYTES);
      byte[] check = Arrays.copyOfRange(token, body.length, token.length);
      WireReader in = new WireReader(body);
      if (!Arrays.equals(check, digest(body, CHECK_BYTES)) || in.int8() != VERSION) {
        throw new IOException("altered");
      }
      boolean same = Arrays.equals(in.bytes(), binding);
      StatementToken parsed = new StatementToken(in.varint(), in.optionalItem());
      in.end();
      if (!same) {
        throw mismatch();
      }
      return parsed;
    } catch (IOException | IllegalArgumentException _) {
      throw ApiException.validation("The NextToken is none of this server's");
    }
  }

  static ApiException mismatch() {
    return ApiException.validation(
        "The NextToken belongs to another statement or other parameters");
  }

  private static byte[] digest(byte[] bytes, int length) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
