package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.spring.internal.setting.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The schemes that the properties name, in the order that they are asked. Immutable. */
public final class AcceptedCallers {

  private static final Setting AUDIENCES = Setting.ofServer("token-audiences");
  private static final Setting CALL_FIRST =
      Setting.ofServer("credential-of-call-before-client-certificate");

  private final List<Scheme> schemes;
  private final boolean callFirst;

  private AcceptedCallers(List<Scheme> schemes, boolean callFirst) {
    this.schemes = List.copyOf(schemes);
    this.callFirst = callFirst;
  }

  /**
   * The schemes of those properties.
   *
   * @param audience the server's own; asked for only if it is the one of tokens
   * @param customizers set further options of issuers; asked for only if there are some
   * @throws RuntimeException that names the property, if one breaks a rule
   */
  public static AcceptedCallers of(
      RolecallCallerProperties properties,
      Supplier<String> audience,
      Supplier<Stream<IssuerCustomizer>> customizers) {
    requireNonNull(audience, "audience");
    requireNonNull(customizers, "customizers");
    List<Scheme> all = new ArrayList<>();
    if (properties.acceptsTokens()) {
      all.add(new TokenSettings(properties, audience, customizers.get().toList()).scheme());
    } else if (properties.tokenAudiences() != null) {
      throw AUDIENCES.invalid(
          "set, but not read: no tokens are accepted",
          "not set, or rolecall.server.issuers or rolecall.server.web-identity too");
    }
    if (!properties.clientAuthorities().isEmpty()) {
      all.add(new CertificateSettings(properties.clientAuthorities()).scheme());
    }
    if (properties.apiKeys() != null) {
      all.add(new ApiKeySettings(properties.apiKeys()).scheme());
    }
    return new AcceptedCallers(all, properties.credentialOfCallBeforeClientCertificate());
  }

  /** The schemes; none by default. */
  public Stream<Scheme> schemes() {
    return schemes.stream();
  }

  /**
   * Whether the credential of a call counts before the certificate of its client.
   *
   * @param all every scheme of the server
   * @throws RuntimeException that names the property, if it is set and none reads certificates
   */
  public boolean isCallFirst(List<Scheme> all) {
    if (callFirst && all.stream().noneMatch(Scheme::readsClientCertificates)) {
      throw CALL_FIRST.invalid(
          "true, but no scheme reads client certificates",
          "not set, or rolecall.server.client-authorities too");
    }
    return callFirst;
  }
}
