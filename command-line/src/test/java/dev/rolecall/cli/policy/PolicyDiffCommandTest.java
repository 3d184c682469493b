package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.StructProto;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyDiffCommandTest {

  private static final Path SAMPLE = Path.of("..", "docs", "samples", "orders.yaml");
  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String KIM = "arn:aws:iam::111122223333:role/contractor-kim";

  @TempDir Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private CommandRun diff(String newPolicy, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "policy",
                "diff",
                SAMPLE.toString(),
                newPolicy,
                "--roles",
                file("roles.txt", "# who there is\n" + CHECKOUT + "\n\n  " + KIM + "\n")));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private String withoutDenyRule() throws IOException {
    return file("new.yaml", Files.readString(SAMPLE).replace("/orders.v1.Orders/Delete", "/a.B/C"));
  }

  @Test
  void samePolicy_changesNothing() throws IOException {
    CommandRun run = diff(SAMPLE.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("0 of 18 answers change\n");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
  }

  @Test
  void changedAnswer_isListedWithBothRules() throws IOException {
    String changed = withoutDenyRule();

    CommandRun run = diff(changed);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.outUnbroken())
        .isEqualTo(
            """
            %s /orders.v1.Orders/Delete
            - deny, by rule "contractors delete nothing" at %s:8:5
            + allow, by rule "support and contractors do everything" at %s:19:5

            1 of 21 answers change
            """
                .formatted(KIM, SAMPLE, changed));
  }

  @Test
  void asJson_isOneObject() throws IOException {
    CommandRun run = diff(withoutDenyRule(), "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out())
        .startsWith(
            "{\"asked\":21,\"changes\":[{\"caller\":\"" + KIM + "\",\"methods\":\"/orders.v")
        .contains("\"before\":\"deny\",\"after\":\"allow\"");
  }

  @Test
  void methods_ofAFileAndOfADescriptorSet_areAskedAboutByName() throws IOException {
    Path set = directory.resolve("echo.pb");
    Files.write(
        set,
        FileDescriptorSet.newBuilder()
            .addFile(StructProto.getDescriptor().toProto())
            .addFile(SayRequest.getDescriptor().getFile().toProto())
            .build()
            .toByteArray());
    String open =
        file(
            "open.yaml",
            Files.readString(SAMPLE)
                + "  - /rolecall.demo.v1.Echo/*\n  - /orders.v1.Orders/GetPublic*\n");

    CommandRun run =
        diff(
            open,
            "--descriptor-set",
            set.toString(),
            "--methods",
            file("methods.txt", "/orders.v1.Orders/GetPublicPrice\n"));

    assertThat(run.out())
        .contains(
            """
            nobody /rolecall.demo.v1.Echo/Say
            - deny, the method is not public
            + allow, the method is public: any caller may call it
            """,
            "nobody /rolecall.demo.v1.Echo/*\n",
            "nobody /orders.v1.Orders/GetPublicPrice\n",
            "nobody /orders.v1.Orders/GetPublic*\n")
        .doesNotContain(CHECKOUT + " /orders.v1.Orders/GetPublicPrice");
  }

  @ParameterizedTest
  @CsvSource({
    "'', nothing in it",
    "'# nobody here', nothing in it",
    "'\n  checkout', 'bad.txt:2:3: caller: \"checkout\"'",
    "'arn:aws:iam::111122223333:role/*', 'bad.txt:1:1: caller: '",
    "'arn:aws:iam::111122223333:role/a # the first', 'bad.txt:1:1: caller: '"
  })
  void badRoles_couldNotTellAndSaysWhere(String roles, String words) throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "diff",
            SAMPLE.toString(),
            SAMPLE.toString(),
            "--roles",
            file("bad.txt", roles));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(words);
  }

  @Test
  void otherFilesThatCannotBeRead_couldNotTell() throws IOException {
    for (CommandRun run :
        List.of(
            diff("none.yaml"),
            diff(file("broken.yaml", "nam: x")),
            diff(SAMPLE.toString(), "--methods", "none.txt"),
            diff(SAMPLE.toString(), "--methods", file("methods.txt", "/a.B/*")),
            diff(SAMPLE.toString(), "--descriptor-set", "none.pb"))) {
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("rolecall: ").doesNotContain("defect");
    }
  }
}
