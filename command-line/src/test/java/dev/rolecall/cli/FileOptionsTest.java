package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StructProto;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option that names a file, given what is not such a file: the user's, never a defect. */
@Timeout(600)
final class FileOptionsTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.named("orders");
  private static final TestCertificate OTHER = TestCertificate.named("other");
  private static final String POLICY = "name: orders\n";

  @TempDir Path directory;

  /** FILE is the one that is wrong, POLICY and CERT and KEY are good. */
  static Stream<String> commands() {
    return Stream.of(
        "token --audience orders --server-cert FILE",
        "verify --audience orders --server-cert FILE x",
        "call --audience orders --region eu-west-1 --trust-cert FILE 127.0.0.1:1 a.B/M",
        "call --audience orders --region eu-west-1 --descriptor-set FILE 127.0.0.1:1 a.B/M",
        "doctor --sts http://127.0.0.1:1 --audience orders --server 127.0.0.1:1 --trust-cert FILE",
        "policy init --trust-cert FILE 127.0.0.1:1",
        "policy init --descriptor-set FILE",
        "policy explain FILE --role arn:aws:iam::111122223333:role/r --method /a.B/C",
        "policy test FILE CASES",
        "policy test POLICY FILE",
        "policy suggest FILE",
        "policy diff FILE POLICY --roles ROLES",
        "policy diff POLICY FILE --roles ROLES",
        "policy diff POLICY POLICY --roles FILE",
        "policy diff POLICY POLICY --roles ROLES --methods FILE",
        "policy diff POLICY POLICY --roles ROLES --descriptor-set FILE",
        "sts --port 0 --roles FILE",
        "serve --port 0 --audience orders --policy FILE",
        "serve --port 0 --audience orders --policy POLICY --shadow-policy FILE",
        "serve --port 0 --audience orders --policy POLICY --tls-cert FILE --tls-key KEY",
        "serve --port 0 --audience orders --policy POLICY --tls-cert CERT --tls-key FILE");
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("POLICY"), POLICY);
    Files.writeString(directory.resolve("CERT"), CERTIFICATE.pem());
    Files.writeString(directory.resolve("KEY"), CERTIFICATE.keyPem());
    Files.writeString(directory.resolve("ROLES"), "arn:aws:iam::111122223333:role/checkout\n");
    Files.writeString(
        directory.resolve("CASES"), "cases: [{caller: nobody, method: /a.B/C, expect: deny}]\n");
  }

  private CommandRun run(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      words.add(word.matches("[A-Z]+") ? directory.resolve(word).toString() : word);
    }
    return CommandRun.of(words.toArray(String[]::new));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    bytes[0] = (byte) 0x8f;
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsNoSuchFile_isNamedAndIsNoDefect(String command) throws IOException {
    assertUsersOwn(command, "missing");
    Files.createDirectory(directory.resolve("FILE"));
    assertUsersOwn(command, "a folder");
    Files.delete(directory.resolve("FILE"));
    List<byte[]> contents =
        List.of(
            new byte[0],
            random(3_000),
            "name: orders\n".getBytes(UTF_16),
            "{[(<\u0000".getBytes(UTF_8),
            "a".repeat(2 << 20).getBytes(UTF_8),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes(UTF_8));
    for (byte[] content : contents) {
      Files.write(directory.resolve("FILE"), content);
      assertUsersOwn(command, content.length + " bytes");
    }
    if (!command.contains("--tls-key FILE")) {
      Files.writeString(directory.resolve("FILE"), CERTIFICATE.keyPem());
      assertUsersOwn(command, "a key");
    }
  }

  private void assertUsersOwn(String command, String kind) {
    CommandRun run = run(command);

    String all = run.out() + run.err();
    assertThat(all)
        .as("%s with %s", command, kind)
        .doesNotContain("a defect", "\tat ", CERTIFICATE.keyPem().substring(28, 48));
    assertThat(run.err() + run.out()).as("%s with %s", command, kind).contains("FILE");
    assertThat(run.status()).as("%s with %s: %s", command, kind, all).isEqualTo(2);
  }

  @Test
  void serve_keyOfAnotherCertificate_doesNotStart() throws IOException {
    Files.writeString(directory.resolve("KEY"), OTHER.keyPem());

    CommandRun run =
        run("serve --port 0 --audience orders --policy POLICY --tls-cert CERT --tls-key KEY");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("--tls-key").contains("not the key of the first certificate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KEY  | KEY  | --tls-cert: | holds a PRIVATE KEY and nothing else of use",
        "CERT | CERT | --tls-key:  | holds a CERTIFICATE and nothing else of use",
      })
  void serve_keyAndCertificateExchanged_saysWhichHoldsWhat(
      String certificate, String key, String option, String words) {
    CommandRun run =
        run(
            "serve --port 0 --audience orders --policy POLICY --tls-cert "
                + certificate
                + " --tls-key "
                + key);

    assertThat(run.err()).contains(option, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void serve_keyOfAnotherForm_saysHowToMakeItOne(String label) throws IOException {
    Files.writeString(directory.resolve("KEY"), CERTIFICATE.keyPem().replace("PRIVATE KEY", label));

    CommandRun run =
        run("serve --port 0 --audience orders --policy POLICY --tls-cert CERT --tls-key KEY");

    assertThat(run.err()).contains("holds an " + label, "openssl pkcs8 -topk8 -nodes -in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --port 0 --audience orders --policy POLICY --write-cert FOLDER",
        "serve --port 0 --audience orders --policy POLICY --audit-file FOLDER",
        "sts --port 0 --write-credentials FOLDER",
        "policy init --descriptor-set SET --force --output FOLDER",
      })
  void outputThatIsAFolder_couldNotTell(String command) throws IOException {
    Files.createDirectories(directory.resolve("FOLDER/full"));
    Files.write(directory.resolve("SET"), descriptorSet());

    CommandRun run = run(command);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("FOLDER", "cannot be written").doesNotContain("a defect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --port 0 --audience orders --policy POLICY --write-cert ",
        "serve --port 0 --audience orders --policy POLICY --audit-file ",
        "sts --port 0 --write-credentials ",
        "policy init --descriptor-set SET --output ",
      })
  void output_inAFolderThatIsMissing_saysSo(String command) throws IOException {
    Files.write(directory.resolve("SET"), descriptorSet());

    CommandRun run = run(command + directory.resolve("missing/file"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("cannot be written: its folder is not there");
  }

  private static byte[] descriptorSet() throws IOException {
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    com.google.protobuf.DescriptorProtos.FileDescriptorSet.newBuilder()
        .addFile(StructProto.getDescriptor().toProto())
        .addFile(dev.rolecall.cli.echo.EchoOuterClass.getDescriptor().toProto())
        .build()
        .writeTo(set);
    return set.toByteArray();
  }

  @Test
  void byteOrderMark_inEveryKindOfText_saysNothing() throws IOException {
    for (String name : List.of("POLICY", "CERT", "KEY", "ROLES", "CASES")) {
      Path file = directory.resolve(name);
      Files.writeString(file, "\ufeff" + Files.readString(file));
    }

    assertThat(run("policy check POLICY").status()).isZero();
    assertThat(run("policy test POLICY CASES").status()).isZero();
    assertThat(run("policy diff POLICY POLICY --roles ROLES").status()).isZero();
    assertThat(run("verify --audience orders --server-cert CERT x").err())
        .contains("CREDENTIAL_MALFORMED");
  }

  @Test
  void policyCheck_ofSeveralFilesAndAFolder_saysOfEach() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("FOLDER"));
    assertThat(run("policy check FOLDER").status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    Files.writeString(folder.resolve("a.yaml"), POLICY);
    Files.writeString(folder.resolve("notes.txt"), "not a policy");
    assertThat(run("policy check FOLDER").out()).contains("FOLDER: policy orders is valid");
    Files.writeString(folder.resolve("b.yml"), "nme: orders\n");

    CommandRun run = run("policy check POLICY FOLDER MISSING");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).contains("POLICY: policy").doesNotContain("FOLDER");
    assertThat(run.err()).contains("b.yml:1:1", "MISSING: cannot be read: no such file");
    assertThat(run("policy check POLICY MISSING").status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy check - -",
        "policy check - POLICY -",
        "policy check --together - POLICY -",
        "policy test - -",
        "policy diff - -  --roles ROLES",
        "policy diff - POLICY --roles -",
        "policy diff POLICY POLICY --roles - --methods=-",
        "verify --audience orders --server-cert - -",
        "serve --port 0 --audience orders --policy POLICY --tls-cert - --tls-key -",
      })
  void standardInputTwice_isAWrongUse(String command) {
    CommandRun run = run(command.replace("  ", " "));

    assertThat(run.err()).startsWith("- is given 2 times (expected: once").contains("Usage: ");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void policyCheck_ofAFolderWithATableOfCases_leavesItOutAndSaysSo() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("FOLDER"));
    Files.copy(directory.resolve("CASES"), folder.resolve("orders.cases.yaml"));
    assertThat(run("policy check FOLDER").err()).contains("FOLDER: no policy in the folder");
    Files.writeString(folder.resolve("orders.yaml"), POLICY);

    CommandRun run = run("policy check FOLDER");

    assertThat(run.out()).contains("FOLDER: policy orders is valid").hasLineCount(1);
    assertThat(run.err()).contains("note: ", "orders.cases.yaml: left out", "policy test");
    assertThat(run.status()).isZero();
  }

  @Test
  void policyCheck_ofATableOfCases_saysWhatItIs() {
    CommandRun run = run("policy check CASES");

    assertThat(run.err()).contains("CASES: a table of cases; try it: rolecall policy test");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @Test
  void sts_credentialsToAFolder_leavesItAndSaysWhatItIs() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("FOLDER"));

    CommandRun run = run("sts --port 0 --write-credentials FOLDER");

    assertThat(run.err()).contains("FOLDER: cannot be written: a folder (expected: a file)");
    assertThat(folder).isEmptyDirectory();
  }
}
