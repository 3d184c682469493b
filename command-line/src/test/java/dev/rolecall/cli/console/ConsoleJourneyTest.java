package dev.rolecall.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.console.Tab.Told;
import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.demo.ConsoleDemo;
import dev.rolecall.cli.console.demo.DemoPerson;
import dev.rolecall.cli.console.web.Keys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consoles of three people, at the servers of the demo, whose other people do nothing here. */
@Timeout(120)
final class ConsoleJourneyTest {

  private static final RunningConsole.Bounds BOUNDS =
      new RunningConsole.Bounds(0, Duration.ofMinutes(30), Keys.CODE_LIFE);
  private static final About ABOUT =
      new About("9.9", false, Optional.of(new About.Named("orders.yaml", ConsoleDemo.policy())));

  private static ConsoleDemo demo;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @BeforeAll
  static void openScene() throws Exception {
    demo = ConsoleDemo.open();
  }

  @AfterAll
  static void closeScene() throws IOException {
    demo.close();
  }

  @AfterEach
  void closeConsoles() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private Tab tab(DemoPerson person) throws Exception {
    return tab(demo.as(person));
  }

  private Tab tab(ConsoleServers servers) throws Exception {
    opened.push(servers);
    RunningConsole console = RunningConsole.open(BOUNDS, servers, ABOUT, System::nanoTime);
    opened.push(console);
    return Tab.open(console.newLink());
  }

  private static String ask(Tab tab, String reason) throws Exception {
    return tab.ask(
            "access/RequestAccess",
            "{\"permission\":\"orders-admin\",\"duration\":\"3600s\",\"reason\":\""
                + reason
                + "\"}")
        .text("id");
  }

  private static Told approve(Tab tab, String id, String more) throws Exception {
    return tab.ask(
        "access/ReviewAccess",
        "{\"id\":\"" + id + "\",\"decision\":\"APPROVE\",\"reason\":\"seen\"" + more + "}");
  }

  @Test
  void request_isReviewedAndRevoked_eachByItsOwnPerson() throws Exception {
    Tab ana = tab(DemoPerson.ANA);
    Tab ben = tab(DemoPerson.BEN);
    Tab cid = tab(DemoPerson.CID);

    String id = ask(ana, "INC-7");
    assertThat(approve(ben, id, ",\"duration\":\"1800s\"").text("state")).isEqualTo("PENDING");
    Told decided = approve(cid, id, "");
    assertThat(decided.text("state")).isEqualTo("APPROVED");

    Told revoked =
        ben.ask(
            "access/RevokeGrant",
            "{\"grantId\":\"" + decided.text("grantId") + "\",\"reason\":\"x\",\"wait\":\"10s\"}");
    assertThat(revoked.text("grant.state")).isEqualTo("REVOKED");
    assertThat(revoked.list("unconfirmed")).isEmpty();
    assertThat(ben.ask("access/ListEvents", "{\"ref\":\"" + id + "\"}").list("events"))
        .extracting(event -> event.text("kind"))
        .containsExactly("request.created", "request.reviewed", "request.approved");
  }

  @Test
  void ownRequest_isNotAllowed_andAStaleOneHasChanged() throws Exception {
    Tab ana = tab(DemoPerson.ANA);
    Tab ben = tab(DemoPerson.BEN);
    String id = ask(ana, "INC-8");

    Told own = approve(ana, id, "");
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.face()).isEqualTo("NOT_ALLOWED");
    Told stale = approve(ben, id, ",\"expectedRevision\":\"999999\"");
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.face()).isEqualTo("CHANGED");
    assertThat(stale.text("failure.reason")).isEqualTo("REVISION_MISMATCH");
    Told wrong = ana.ask("access/RequestAccess", "{\"permission\":\"orders-admin\"}");
    assertThat(wrong.face()).isEqualTo("REFUSED");
    Told unknownField = ana.ask("access/RequestAccess", "{\"permissions\":1}");
    assertThat(unknownField.status()).isEqualTo(400);
    assertThat(unknownField.face()).isEqualTo("WRONG");
  }

  @Test
  void watch_tellsOfARequestAsItIsMade() throws Exception {
    Tab ben = tab(DemoPerson.BEN);
    Tab ana = tab(DemoPerson.ANA);
    String before = ask(ana, "INC-9");

    try (Tab.Lines lines = ben.follow("access/WatchAccessRequests", "{\"reviewable\":true}")) {
      awaitRequest(lines, before);
      awaitRequest(lines, ask(ana, "INC-10"));
    }
  }

  private static void awaitRequest(Tab.Lines lines, String id) throws IOException {
    while (!lines.next().text("message.id").equals(id)) {
      // It is of another request.
    }
  }

  @Test
  void decisions_areTold_andAnEditIsTriedAgainstThem() throws Exception {
    Tab ben = tab(DemoPerson.BEN);
    ben.ask("decisions/ListCalls", "{}");

    try (Tab.Lines lines = ben.follow("decisions/WatchDecisions", "{}")) {
      assertThat(lines.next().list("message.counts"))
          .extracting(count -> count.text("method"))
          .contains("rolecall.decisions.v1.Decisions/ListCalls");
    }
    Told same = ben.ask("policy/try", "{\"text\":" + quoted(ConsoleDemo.policy()) + "}");
    assertThat(same.list("changes")).isEmpty();
    assertThat(same.at("asked").json().getNumberValue()).isPositive();
    Told edited =
        ben.ask(
            "policy/try",
            "{\"text\":"
                + quoted(ConsoleDemo.policy().replace("Decisions/*", "Decisions/X"))
                + "}");
    assertThat(edited.list("changes"))
        .anySatisfy(
            change -> {
              assertThat(change.text("method"))
                  .isEqualTo("/rolecall.decisions.v1.Decisions/ListCalls");
              assertThat(change.text("before")).isEqualTo("allow");
              assertThat(change.text("after")).isEqualTo("deny");
              assertThat(change.text("effect")).isEqualTo("tightens");
            });
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  @Test
  void about_tellsWhatTheConsoleWasStartedWith() throws Exception {
    Told about = tab(DemoPerson.BEN).ask("about", "{}");

    assertThat(about.text("version")).isEqualTo("9.9");
    assertThat(about.at("idleSeconds").json().getNumberValue()).isEqualTo(1800);
    assertThat(about.text("access.audience")).isEqualTo("access");
    assertThat(about.text("policy.name")).isEqualTo("orders.yaml");
    assertThat(tab(DemoPerson.BEN).ask("cures", "{}").text("METHOD_NOT_ALLOWED"))
        .contains("rolecall policy explain");
  }

  @Test
  void consoleWithoutServers_saysWhichOptionNamesThem() throws Exception {
    Tab alone = tab(new ConsoleServers(Optional.empty(), Optional.empty()));

    Told access = alone.ask("access/WhoAmI", "{}");
    assertThat(access.face()).isEqualTo("NOT_CONFIGURED");
    assertThat(access.text("failure.message")).contains("--server");
    assertThat(alone.ask("decisions/ListCalls", "{}").face()).isEqualTo("NOT_CONFIGURED");
  }

  @Tag("attack")
  @Test
  void tokensAndKeys_areForPrograms() throws Exception {
    Tab ben = tab(DemoPerson.BEN);

    for (String method :
        new String[] {"IssueGrantToken", "ValidateAccess", "RotateSigningKeys", "GetSigningKeys"}) {
      assertThat(ben.ask("access/" + method, "{}").status()).as(method).isEqualTo(404);
    }
  }
}
