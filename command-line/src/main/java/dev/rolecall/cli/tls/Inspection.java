package dev.rolecall.cli.tls;

import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.tls.certificate.AttestedCertificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The result of an inspection of a server's certificate.
 *
 * @param status the command's exit status
 * @param result one word or two for it
 * @param fields what is known, by name, in the order it is shown; never a secret of the proof
 * @param complaint why it is not confirmed; empty if it is
 */
record Inspection(
    int status, String result, Map<String, String> fields, Optional<String> complaint) {

  /** The certificate has not the one form. */
  static Inspection notAttested(X509Certificate ordinary, String rule) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("subject", Visible.line(ordinary.getSubjectX500Principal().getName()));
    fields.put("expected", rule);
    return new Inspection(
        ExitStatus.NO,
        "not attested",
        fields,
        Optional.of(
            "the server shows an ordinary certificate, or something on the way ends TLS\n"
                + Paragraph.advice(
                    "serve with AttestedTls (or serve --attested), and let TCP through; a server"
                        + " of call proofs is for 'rolecall doctor --server'")));
  }

  /** The server is that role: it holds the key, and STS says whose the proof is. */
  static Inspection confirmed(AttestedCertificate certificate, Caller server) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("role", server.principal().text());
    server.evidence().sessionName().ifPresent(name -> fields.put("session", name));
    fields.putAll(attested(certificate));
    return new Inspection(ExitStatus.YES, "confirmed", fields, Optional.empty());
  }

  /** The attestation is not good. */
  static Inspection refused(AttestedCertificate certificate, RefusalReason reason, Audience asked) {
    return unconfirmed(ExitStatus.NO, "refused", certificate, reason, asked);
  }

  /** It could not be found out whether it is. */
  static Inspection unavailable(
      AttestedCertificate certificate, RefusalReason reason, Audience asked) {
    return unconfirmed(ExitStatus.COULD_NOT_TELL, "unavailable", certificate, reason, asked);
  }

  /** The handshake failed, so that the server may not be the certificate's owner. */
  static Inspection keyNotShown(AttestedCertificate certificate) {
    return new Inspection(
        ExitStatus.COULD_NOT_TELL,
        "unavailable",
        attested(certificate),
        Optional.of("the handshake failed before the server showed that it holds the key"));
  }

  private static Inspection unconfirmed(
      int status,
      String result,
      AttestedCertificate certificate,
      RefusalReason reason,
      Audience asked) {
    Map<String, String> fields = new LinkedHashMap<>(attested(certificate));
    fields.put("reason", reason.name());
    fields.put("description", reason.description());
    return new Inspection(
        status,
        result,
        fields,
        Optional.of(
            reason
                + ": "
                + reason.description()
                + cure(reason, certificate, asked)
                    .map(words -> "\n" + Paragraph.advice(words))
                    .orElse("")));
  }

  private static Optional<String> cure(
      RefusalReason reason, AttestedCertificate certificate, Audience asked) {
    return switch (reason) {
      case AUDIENCE_MISMATCH ->
          Optional.of(
              "the server attests for "
                  + certificate.proof().audience()
                  + ", and --audience is "
                  + asked
                  + ": give --audience that name, if it is the server you mean");
      case ISSUER_NOT_ALLOWED ->
          Optional.of(
              "the server has its role confirmed by "
                  + certificate.proof().host().value()
                  + ": give --sts with its URL, if you trust what answers there");
      case CREDENTIAL_EXPIRED, CREDENTIAL_NOT_YET_VALID ->
          Optional.of(
              "compare the clocks of both ends; the server's log says why a certificate is not"
                  + " renewed");
      default -> Optional.empty();
    };
  }

  /** What the certificate says of itself. */
  private static Map<String, String> attested(AttestedCertificate certificate) {
    CallerProof proof = certificate.proof();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("audience", proof.audience().name());
    fields.put("sts", proof.host().value());
    fields.put("signedAt", proof.signedAt().toString());
    fields.put("life", proof.life().toString());
    fields.put("key", certificate.key().value());
    if (!certificate.hostNames().isEmpty()) {
      fields.put("hostNames", String.join(" ", certificate.hostNames()));
    }
    return fields;
  }
}
