package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.doctor.DoctorShell;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Server;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of text from servers, certificates, files and arguments: it is printed, and never obeyed by
 * a terminal.
 */
@Tag("attack")
@Timeout(600)
final class HostileTextTest {

  private static final String EVIL = HostileServer.EVIL;

  @TempDir Path directory;
  private DoctorShell shell;

  @BeforeEach
  void open() {
    shell = new DoctorShell(directory);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  /** Nothing is left of it that does more than be seen; what it says, can be read. */
  private static void assertShown(CommandRun run) {
    String all = run.out() + run.err();
    assertThat(all.chars().filter(c -> c != '\n' && c != '\t'))
        .as(all)
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> c == 0x2028 || c == 0x2029);
    // Rules of values show what is not printable as a question mark.
    assertThat(all).containsAnyOf("\\u001b", "\\u{1b}", "?");
    assertThat(all.lines()).noneMatch(line -> line.equals("rolecall: all is well"));
  }

  private CommandRun call(String address, String method) {
    return CommandRun.of(
        "call",
        "--sts",
        shell.sts.endpoint().toString(),
        "--plaintext",
        "--audience",
        "orders",
        address,
        method);
  }

  @Test
  void call_refusedInHostileWords_showsThem() {
    for (Status status : List.of(Status.PERMISSION_DENIED, Status.UNAVAILABLE, Status.INTERNAL)) {
      try (HostileServer server =
          HostileServer.refusing(status.withDescription("no\n" + EVIL), EVIL)) {
        CommandRun run = call(server.address(), "a.B/M");

        assertShown(run);
      }
    }
  }

  @Test
  void policyInit_hostileSchema_showsItsNames() {
    var answers =
        List.of(
            HostileServer.service(EVIL, "a.proto"),
            HostileServer.service("S", EVIL, "missing" + EVIL),
            HostileServer.service("S", EVIL, EVIL));
    for (var answer : answers) {
      try (HostileServer server = HostileServer.reflecting(answer)) {
        CommandRun run = CommandRun.of("policy", "init", "--plaintext", server.address());

        assertShown(run);
        assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      }
    }
    try (HostileServer server = HostileServer.reflecting(any -> HostileServer.error(EVIL))) {
      assertShown(CommandRun.of("policy", "init", "--plaintext", server.address()));
      assertShown(call(server.address(), "a.B/M"));
    }
  }

  @Test
  void policyInit_schemaThatImportsItself_couldNotTell() {
    try (HostileServer server =
        HostileServer.reflecting(HostileServer.service("S", "a.proto", "a.proto"))) {
      CommandRun run = CommandRun.of("policy", "init", "--plaintext", server.address());

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("a.proto imports itself").doesNotContain("a defect");
    }
  }

  @Test
  void doctor_certificateOfAHostileSubject_showsIt() {
    Server server = EchoServer.start(0, TestCertificate.named(EVIL).ofServer());
    try {
      CommandRun run =
          shell.doctor("--audience", "orders", "--server", "127.0.0.1:" + server.getPort());

      assertShown(run);
      assertThat(run.out()).contains("OK       certificate");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void tlsInspect_certificateOfAHostileSubject_showsIt() {
    Server server = EchoServer.start(0, TestCertificate.named(EVIL).ofServer());
    try {
      assertShown(
          CommandRun.of("tls", "inspect", "--audience", "orders", "127.0.0.1:" + server.getPort()));
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void files_withHostileNamesAndWords_areShown() throws IOException {
    Path evil =
        Files.writeString(directory.resolve("a\u001b[31m.yaml"), "name: \"a\"\nx\u202e: 1\n");
    String name = evil.toString();

    assertShown(CommandRun.of("policy", "check", name));
    assertShown(CommandRun.of("policy", "check", name + "missing"));
    assertShown(CommandRun.of("policy", "test", name, name));
    assertShown(CommandRun.of("policy", "diff", name, name, "--roles", name));
    assertShown(
        CommandRun.of(
            "policy", "explain", name, "--role", DoctorShell.CHECKOUT, "--method", "/a.B/C"));
    assertShown(CommandRun.of("policy", "init", "--descriptor-set", name));
    assertShown(CommandRun.of("sts", "--port", "0", "--roles", name));
    assertShown(CommandRun.of("serve", "--port", "0", "--audience", "orders", "--policy", name));
    assertShown(CommandRun.of("token", "--audience", "orders", "--server-cert", name));
  }

  @Test
  void arguments_ofHostileText_areShown() {
    assertShown(CommandRun.of("verify", "--audience", EVIL, "x"));
    assertShown(CommandRun.of("call", "--audience", "orders", EVIL, "a.B/M"));
    assertShown(CommandRun.of("tls", "inspect", "--audience", "orders", EVIL));
    assertShown(CommandRun.of(EVIL));
    assertShown(CommandRun.of("doctor", "--" + EVIL));
  }
}
