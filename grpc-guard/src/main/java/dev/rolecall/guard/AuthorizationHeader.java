package dev.rolecall.guard;

import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.scheme.Credential;
import io.grpc.Metadata;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The {@code authorization} metadata of a call. */
final class AuthorizationHeader {

  static final Metadata.Key<byte[]> KEY = HeaderBytes.key("authorization");

  private AuthorizationHeader() {}

  /**
   * The credential in the metadata. It holds the transport's own array.
   *
   * @param connection gives the credential again that it remembers
   */
  static Credential in(Metadata headers, ConnectionMemo connection) {
    // get() would return the last of two, and so let a second value hide a first.
    @Nullable Iterable<byte[]> values = headers.getAll(KEY);
    if (values == null) {
      return Credential.none();
    }
    Iterator<byte[]> each = values.iterator();
    byte[] value = each.next();
    return each.hasNext() ? Credential.ambiguous() : connection.header(value);
  }
}
