package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.certificates.CertificateAuthority;
import dev.rolecall.certificates.CertificateVerifier;
import dev.rolecall.cli.arguments.NamedArgument;
import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options to accept clients by the certificate of their connection. */
final class ClientCaOptions implements SchemeOption {

  private static final String CA = "--client-ca";
  private static final String TRUST_DOMAIN = "--trust-domain";
  private static final String CALL_FIRST = "--call-before-certificate";

  @Option(
      names = CA,
      paramLabel = "ALIAS=FILE",
      description =
          "Also accept clients whose certificates these authorities (PEM) signed, by the one DNS"
              + " name in them: dns:ALIAS:NAME. Repeat it for several.")
  List<NamedArgument> authorities = List.of();

  @Option(
      names = TRUST_DOMAIN,
      paramLabel = "ALIAS=NAME",
      description =
          "Also accept SPIFFE IDs of this trust domain in certificates of that authority.")
  List<NamedArgument> trustDomains = List.of();

  @Option(
      names = CALL_FIRST,
      description =
          "Take the credential of a call before the certificate of its client. Default: the"
              + " certificate counts, where a client presents one.")
  boolean callFirst;

  /** None of calls: a certificate is a connection's. */
  @Override
  public List<String> given() {
    return List.of();
  }

  @Override
  public List<Scheme> schemes(Front front, List<String> audiences) {
    AliasedValues files = AliasedValues.of(CA, authorities);
    AliasedValues domains =
        AliasedValues.of(TRUST_DOMAIN, trustDomains).onlyOf(files.values().keySet(), CA);
    if (files.isEmpty()) {
      if (callFirst) {
        throw new CommandFailure(CALL_FIRST + ": only with " + CA);
      }
      return List.of();
    }
    if (front != Front.TLS) {
      throw new CommandFailure(
          CA
              + (front == Front.PLAINTEXT
                  ? " and --plaintext: a connection without TLS has no certificate"
                  : ": a certificate is proven by a connection alone (expected: 'serve')"));
    }
    return List.of(
        Trial.ofScheme(
            CA, Trial.of(TRUST_DOMAIN, () -> CertificateVerifier.of(all(files, domains)))));
  }

  private static List<CertificateAuthority> all(AliasedValues files, AliasedValues domains) {
    return files.values().entrySet().stream()
        .map(
            each ->
                new CertificateAuthority(
                    each.getKey(), Path.of(each.getValue()), domains.of(each.getKey())))
        .toList();
  }

  /** The files of the authorities, for TLS; empty where no client is asked for a certificate. */
  Optional<ClientAuthorities> ofTls() {
    return authorities.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClientAuthorities(
                authorities.stream().map(each -> Path.of(each.value())).toList(), callFirst));
  }
}
