package dev.rolecall.guard;

import dev.rolecall.access.call.HeaderReader;
import dev.rolecall.policy.condition.HeaderName;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads headers from a call's metadata: as a handler would, but all values of a repeated one. */
enum MetadataHeaders implements HeaderReader<Metadata> {
  /** The only one. */
  READER;

  /** The header in which a proxy tells who called. */
  private static final Metadata.Key<String> TRANSACTION_TOKEN =
      Metadata.Key.of("txn-token", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public Optional<String> value(Metadata headers, HeaderName name) {
    @Nullable Iterable<String> values =
        headers.getAll(Metadata.Key.of(name.value(), Metadata.ASCII_STRING_MARSHALLER));
    // get() would return the last of two, and so let a second value hide a first.
    return values == null ? Optional.empty() : Optional.of(String.join(",", values));
  }

  @Override
  public Optional<String> grantToken(Metadata headers) {
    return GrantHeaders.token(headers);
  }

  @Override
  public List<String> transactionTokens(Metadata headers) {
    @Nullable Iterable<String> values = headers.getAll(TRANSACTION_TOKEN);
    if (values == null) {
      return List.of();
    }
    List<String> all = new ArrayList<>(1);
    values.forEach(all::add);
    return all;
  }

  /** What no policy can read is left out, and so are a grant token and a transaction token. */
  @Override
  public Metadata copy(Metadata headers) {
    Metadata copy = new Metadata();
    for (String name : headers.keys()) {
      if (HeaderName.isReadable(name) && !name.equals(GrantHeaders.TOKEN.name())) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        @Nullable Iterable<String> values = headers.getAll(key);
        if (values != null) {
          values.forEach(value -> copy.put(key, value));
        }
      }
    }
    return copy;
  }
}
