package dev.rolecall.guard;

import dev.rolecall.access.grant.GrantedRight;
import io.grpc.Metadata;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The headers of calls under grants of access for a time. */
final class GrantHeaders {

  /** The header of a call that has a grant token. */
  static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("rolecall-grant", Metadata.ASCII_STRING_MARSHALLER);

  /** The header of an answer that says when the caller's access ends: RFC 3339, in UTC. */
  static final Metadata.Key<byte[]> EXPIRES_AT = HeaderBytes.key("rolecall-access-expires-at");

  private GrantHeaders() {}

  /** The grant token of a call; empty if it has none, or more than one. */
  static Optional<String> token(Metadata headers) {
    // get() would return the last of two, and so let a second value hide a first.
    @Nullable Iterable<String> values = headers.getAll(TOKEN);
    if (values == null) {
      return Optional.empty();
    }
    Iterator<String> each = values.iterator();
    String value = each.next();
    return each.hasNext() ? Optional.empty() : Optional.of(value);
  }

  /** Writes the end of a right as it is now, in the place of any that a handler wrote. */
  static void writeEnd(GrantedRight right, Metadata headers) {
    byte[] end = right.endText();
    if (end != null) {
      headers.discardAll(EXPIRES_AT);
      headers.put(EXPIRES_AT, end);
    }
  }
}
