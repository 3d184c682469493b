package dev.rolecall.proxy.relay;

import dev.rolecall.proxy.IdentityHeaders;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The headers of a call on their way to the upstream: without the client's credentials, and with
 * the identity that the relay has verified in the place of any that the client made up.
 *
 * <p>Names are compared whatever their case. HTTP/2 forbids upper case, and Netty refuses it, but
 * this must not hang on a transport's strictness.
 */
final class ForwardedHeaders {

  private static final String AUTHORIZATION = "authorization";
  private static final String GRANT = "rolecall-grant";
  private static final Map<String, Metadata.Key<String>> IDENTITY =
      IdentityHeaders.NAMES.stream()
          .collect(Collectors.toUnmodifiableMap(name -> name, ForwardedHeaders::key));

  private ForwardedHeaders() {}

  /**
   * The headers to send.
   *
   * @param headers the client's; may be changed by this
   * @param keepsAuthorization whether the client's credentials stay
   */
  static Metadata of(Metadata headers, IdentityHeaders identity, boolean keepsAuthorization) {
    Metadata forwarded = withoutClaims(headers, keepsAuthorization);
    for (Map.Entry<String, String> each : identity.values().entrySet()) {
      forwarded.put(keyOf(each.getKey()), each.getValue());
    }
    return forwarded;
  }

  private static Metadata withoutClaims(Metadata headers, boolean keepsAuthorization) {
    try {
      return Raw.withoutClaims(headers, keepsAuthorization);
    } catch (LinkageError e) {
      // gRPC's internals are not as they were: the slow way does the same.
      return slowlyWithoutClaims(headers, keepsAuthorization);
    }
  }

  /** The same by public API, to which a name in upper case is no name at all. */
  static Metadata slowlyWithoutClaims(Metadata headers, boolean keepsAuthorization) {
    for (String name : Set.copyOf(headers.keys())) {
      if (IdentityHeaders.isReserved(name)
          || (!keepsAuthorization && (name.equals(AUTHORIZATION) || name.equals(GRANT)))) {
        headers.discardAll(anyKey(name));
      }
    }
    return headers;
  }

  private static Metadata.Key<?> anyKey(String name) {
    return name.endsWith(Metadata.BINARY_HEADER_SUFFIX)
        ? Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER)
        : key(name);
  }

  private static Metadata.Key<String> keyOf(String name) {
    Metadata.Key<String> known = IDENTITY.get(name);
    return known != null ? known : key(name);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /**
   * The way by the bytes that the transport has. To make texts of all names would cost each call as
   * much as the rest of this class. Apart, so that it is linked within the try.
   */
  private static final class Raw {

    private static final int LOWER_CASE = 0x20;

    private Raw() {}

    static Metadata withoutClaims(Metadata headers, boolean keepsAuthorization) {
      byte[][] namesAndValues = InternalMetadata.serialize(headers);
      int kept = 0;
      for (int i = 0; i < namesAndValues.length; i += 2) {
        if (!isClaim(namesAndValues[i], keepsAuthorization)) {
          namesAndValues[kept] = namesAndValues[i];
          namesAndValues[kept + 1] = namesAndValues[i + 1];
          kept += 2;
        }
      }
      return kept == namesAndValues.length
          ? headers
          : InternalMetadata.newMetadata(kept / 2, namesAndValues);
    }

    private static boolean isClaim(byte[] name, boolean keepsAuthorization) {
      return startsWith(name, IdentityHeaders.TRANSACTION_TOKEN)
          || startsWith(name, IdentityHeaders.PREFIX)
          || (!keepsAuthorization && (is(name, AUTHORIZATION) || is(name, GRANT)));
    }

    private static boolean is(byte[] name, String expected) {
      return name.length == expected.length() && startsWith(name, expected);
    }

    /** The starts have letters and hyphens alone, and the latter have the bit of lower case too. */
    private static boolean startsWith(byte[] name, String start) {
      if (name.length < start.length()) {
        return false;
      }
      for (int i = 0; i < start.length(); i++) {
        if ((name[i] | LOWER_CASE) != start.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
