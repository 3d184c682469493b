package dev.rolecall.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.service.rules.document.RulesDocument;
import dev.rolecall.service.store.sqlite.SqliteStore;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README, and reads the rules of the guide. */
class ReadmeSnippetsTest {

  private static final Pattern YAML = Pattern.compile("(?m)^```yaml\\n(?s:(.*?))^```$");

  @TempDir private Path folder;

  private static String rules() throws Exception {
    Matcher found = YAML.matcher(Files.readString(Path.of("README.md")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void rules_areGoodWithTheNoteOfTheirRoleAlone() throws Exception {
    assertThat(
            RulesDocument.read("README.md", rules().getBytes(UTF_8))
                .<String>fold(loaded -> loaded.notes().toString(), rejected -> rejected.toString()))
        .startsWith("[README.md:7:5: a role among the requesters")
        .doesNotContain(", README.md");
  }

  @Test
  void rules_ofTheGuide_areGoodWithoutANote() throws Exception {
    Matcher found =
        Pattern.compile("(?m)^```yaml\\n(directories:(?s:.*?))^```$")
            .matcher(Files.readString(Path.of("../docs/access.md")));

    assertThat(found.find()).isTrue();
    assertThat(
            RulesDocument.read("access.md", found.group(1).getBytes(UTF_8))
                .<String>fold(loaded -> loaded.notes().toString(), rejected -> rejected.toString()))
        .isEqualTo("[]");
  }

  @Test
  void server_serves() throws Exception {
    Path rulesFile = Files.writeString(folder.resolve("rules.yaml"), rules());
    Path dataFolder = folder.resolve("data");
    StatedCallers proofs = new StatedCallers();
    String name = InProcessServerBuilder.generateName();
    // region server
    AccessServer node =
        AccessServer.builder(rulesFile, SqliteStore.in(dataFolder)).accept(proofs).start();
    ServerBuilder<?> builder = InProcessServerBuilder.forName(name).intercept(node.guard());
    node.services().forEach(builder::addService);
    Server server = builder.build().start();
    // endregion

    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    try {
      assertThat(
              AccessServiceGrpc.newBlockingStub(channel)
                  .withInterceptors(proofs.sentAs(StatedCallers.BATCH))
                  .whoAmI(WhoAmIRequest.getDefaultInstance())
                  .getCaller()
                  .getPrincipal())
          .isEqualTo("arn:aws:iam::111122223333:role/batch");
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
      node.close();
    }
  }
}
