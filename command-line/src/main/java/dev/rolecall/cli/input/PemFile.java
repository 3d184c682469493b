package dev.rolecall.cli.input;

import dev.rolecall.cli.failure.CommandFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM file of a user, read block by block. Text around the blocks is ignored. */
public final class PemFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final int DER_SEQUENCE = 0x30;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+)-----END \\1-----");

  /**
   * One block.
   *
   * @param label what it holds, as {@code CERTIFICATE}
   * @param pem its whole text
   */
  record Block(String label, String pem) {

    @Override
    public String toString() {
      return "Block[" + label + "]";
    }
  }

  private final InputFile file;
  private final byte[] content;
  private final List<Block> blocks = new ArrayList<>();

  private PemFile(InputFile file) {
    this.file = file;
    this.content = file.bytes(MAX_BYTES);
    Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group() + "\n"));
    }
  }

  /**
   * The certificates in that file, in its order; at least one. One certificate may also be in DER.
   *
   * @throws CommandFailure if it cannot be read or holds none
   */
  public static List<X509Certificate> certificates(String option, Path file) {
    return new PemFile(InputFile.of(option, file)).certificates();
  }

  /**
   * The only private key in that file, in PEM form.
   *
   * @throws CommandFailure if it cannot be read, or holds none or one of another form
   */
  static String privateKey(String option, Path file) {
    return new PemFile(InputFile.of(option, file)).privateKey(file);
  }

  private List<X509Certificate> certificates() {
    if (content.length > 0 && content[0] == DER_SEQUENCE) {
      return List.of(certificate(content));
    }
    List<X509Certificate> certificates =
        blocks.stream()
            .filter(block -> block.label().endsWith("CERTIFICATE"))
            .map(block -> certificate(block.pem().getBytes(StandardCharsets.US_ASCII)))
            .toList();
    if (certificates.isEmpty()) {
      throw file.wrong(
          held() + " (expected: X.509 certificates in PEM form, -----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  private X509Certificate certificate(byte[] encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (CertificateException e) {
      throw file.wrong("a certificate in it is damaged (expected: X.509)", e);
    }
  }

  private String privateKey(Path path) {
    List<Block> keys =
        blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw file.wrong(
          (keys.isEmpty() ? held() : "holds " + keys.size() + " private keys")
              + " (expected: one private key in PEM form, -----BEGIN PRIVATE KEY-----)");
    }
    Block key = keys.get(0);
    if (!key.label().equals("PRIVATE KEY")) {
      throw file.wrong(
          "holds an "
              + key.label()
              + " (expected: PKCS#8 without a password): openssl pkcs8 -topk8 -nodes -in "
              + path
              + " -out key.pem");
    }
    return key.pem();
  }

  private String held() {
    if (content.length == 0) {
      return "empty";
    }
    return blocks.isEmpty()
        ? "holds nothing in PEM form"
        : "holds a " + blocks.get(0).label() + " and nothing else of use";
  }
}
