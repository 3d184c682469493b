package dev.rolecall.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for one test, valid for decades unless a builder says otherwise. */
public final class TestAuthority {

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");

  private final X500Name name;
  private final KeyPair keys;

  /** Its own certificate, then those of the authorities above it but for the root. */
  private final List<X509Certificate> between;

  private final X509Certificate root;

  private TestAuthority(
      X500Name name, KeyPair keys, List<X509Certificate> between, X509Certificate root) {
    this.name = name;
    this.keys = keys;
    this.between = between;
    this.root = root;
  }

  /** A root of that common name. */
  public static TestAuthority root(String commonName) {
    return root(commonName, UNTIL);
  }

  /** A root of that common name, which lapses then. */
  public static TestAuthority root(String commonName, Instant until) {
    X500Name name = new X500Name("CN=" + commonName);
    KeyPair keys = newKeys();
    Leaf own = new Leaf(name, keys).valid(FROM, until).asAuthority();
    return new TestAuthority(name, keys, List.of(), own.signedBy(name, keys));
  }

  /** An authority below this one. */
  public TestAuthority intermediate(String commonName) {
    X500Name below = new X500Name("CN=" + commonName);
    KeyPair its = newKeys();
    X509Certificate own = new Leaf(below, its).asAuthority().signedBy(name, keys);
    return new TestAuthority(
        below, its, Stream.concat(Stream.of(own), between.stream()).toList(), root);
  }

  /** The root's certificate. */
  public X509Certificate certificate() {
    return root;
  }

  /** Writes the root's certificate as PEM. */
  public void writePem(Path file) {
    try {
      Files.writeString(file, TestCertificate.pem(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A certificate to be issued to a client: of no name yet. */
  public Leaf leaf() {
    return new Leaf(new X500Name("CN=client"), newKeys());
  }

  /** The certificate that this authority issues. */
  public IssuedCertificate issue(Leaf leaf) {
    return new IssuedCertificate(
        Stream.concat(Stream.of(leaf.signedBy(name, keys)), between.stream()).toList(),
        leaf.keys.getPrivate());
  }

  /** The certificate that this authority issues for that SPIFFE ID. */
  public IssuedCertificate issueForSpiffe(String id) {
    return issue(leaf().uri(id));
  }

  /** The certificate that this authority issues for that DNS name. */
  public IssuedCertificate issueForDns(String dnsName) {
    return issue(leaf().dns(dnsName));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has P-256", e);
    }
  }

  /** A certificate to be issued. Not safe for use by several threads at once. */
  public static final class Leaf {

    private final X500Name subject;
    private final KeyPair keys;
    private final List<GeneralName> names = new ArrayList<>();
    private Instant from = FROM;
    private Instant until = UNTIL;
    private boolean authority;
    private KeyPurposeId[] purposes = {KeyPurposeId.id_kp_clientAuth};
    private int usage = KeyUsage.digitalSignature;

    private Leaf(X500Name subject, KeyPair keys) {
      this.subject = subject;
      this.keys = keys;
    }

    /** Adds a DNS name. */
    public Leaf dns(String name) {
      names.add(new GeneralName(GeneralName.dNSName, name));
      return this;
    }

    /** Adds a URI. */
    public Leaf uri(String uri) {
      names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
      return this;
    }

    /** Adds an email address. */
    public Leaf email(String address) {
      names.add(new GeneralName(GeneralName.rfc822Name, address));
      return this;
    }

    /** Sets the time in which it is valid. */
    public Leaf valid(Instant from, Instant until) {
      this.from = from;
      this.until = until;
      return this;
    }

    /** Makes it an authority's. */
    public Leaf asAuthority() {
      this.authority = true;
      this.purposes = new KeyPurposeId[0];
      this.usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
      return this;
    }

    /** Sets the extended uses of its key; none for every use. */
    public Leaf purposes(KeyPurposeId... purposes) {
      this.purposes = purposes.clone();
      return this;
    }

    /** Sets the uses of its key, in the bits of {@link KeyUsage}. */
    public Leaf usage(int usage) {
      this.usage = usage;
      return this;
    }

    private X509Certificate signedBy(X500Name issuer, KeyPair signer) {
      try {
        X509v3CertificateBuilder certificate =
            new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(159, new SecureRandom()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        if (purposes.length > 0) {
          certificate.addExtension(
              Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        if (!names.isEmpty()) {
          certificate.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter()
            .getCertificate(
                certificate.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new AssertionError("every Java platform has P-256", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
