package dev.rolecall.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ServedProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every outage has a face, which says what to do; and no page waits without an end. */
@Timeout(480)
final class OutageTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  @AfterEach
  void signInAgain() throws Exception {
    STAGE.scene().writeCredentials();
  }

  private static Tab at(String person, String options) throws Exception {
    return STAGE
        .empty()
        .open(
            ConsoleScene.link(
                STAGE.scene().consoleProcess(person, "--no-browser --timeout 2 " + options)));
  }

  private static String servers(String access) {
    return STAGE.scene().servers().replaceFirst("--server \\S+", "--server " + access);
  }

  private static void assertFace(Tab tab, String face, String words) {
    tab.found(
        () ->
            tab.all("face").stream()
                .filter(each -> face.equals(each.getAttribute("data-face")))
                .findFirst());
    assertThat(tab.one("face").getText()).contains(words);
  }

  @Test
  void serviceThatGoesAway_isSaid_andComesBackByItself() throws Exception {
    STAGE.tab("ana").ask("orders-admin", "before the outage");
    Tab ben = STAGE.tab("ben");
    ben.request("before the outage");

    STAGE.scene().stopAccess();
    ben.until(() -> "AWAY".equals(ben.one("banner").getAttribute("data-face")));
    // What was known stays, marked as old.
    ben.request("before the outage");
    STAGE.scene().startAccess();

    ben.until(() -> ben.all("banner").isEmpty());
    ben.one("connection", "Connected");
  }

  @Test
  void addressWithoutAServer_isAway() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertFace(at("ben", servers("127.0.0.1:" + closed)), "AWAY", "nothing listens at");
  }

  @Test
  void serverThatTakesConnectionsAndSaysNothing_isAwayInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertFace(
          at("ben", servers("127.0.0.1:" + silent.getLocalPort())), "AWAY", "does not answer");
    }
  }

  @Test
  void personWhoIsSignedOut_isToldHowToSignIn() throws Exception {
    STAGE.scene().signOut("cid");
    Tab cid = at("cid", STAGE.scene().servers());
    assertFace(cid, "SIGNED_OUT", "not signed in");
    assertThat(cid.one("face").getText()).containsAnyOf("aws sso login", "AWS_PROFILE");

    STAGE.scene().writeCredentials();
    cid.until(
        () -> {
          cid.all("try-again").stream().findFirst().ifPresent(each -> each.click());
          return cid.all("face").isEmpty();
        });
  }

  @Test
  void personWithoutRights_isToldSo() throws Exception {
    Tab eve = STAGE.tab("eve");
    assertFace(eve, "NOT_ALLOWED", "may not");
    eve.go("decisions");
    assertFace(eve, "NOT_ALLOWED", "may not");
  }

  @Test
  void consoleWithoutAServerForIt_saysWhichOptionNamesOne() throws Exception {
    Tab ben =
        at(
            "ben",
            STAGE
                .scene()
                .servers()
                .replaceFirst("--decisions \\S+ --decisions-audience \\S+ ", ""));
    ben.one("connection", "Connected");
    ben.go("decisions");
    assertFace(ben, "NOT_CONFIGURED", "--console-feed");
  }

  @Test
  void consoleThatHasStopped_isSaid() throws Exception {
    ServedProcess console =
        STAGE.scene().consoleProcess("ben", "--no-browser " + STAGE.scene().servers());
    Tab ben = STAGE.empty().open(ConsoleScene.link(console));
    ben.one("connection", "Connected");

    console.close();

    ben.until(
        () ->
            ben.all("banner").stream()
                .anyMatch(each -> "GONE".equals(each.getAttribute("data-face"))));
    assertThat(ben.one("banner").getText()).contains("has stopped");
  }

  @Test
  void consoleWithoutAPerson_stopsByItself() throws Exception {
    ServedProcess console =
        STAGE.scene().consoleProcess("ben", "--no-browser --idle PT8S " + STAGE.scene().servers());
    Tab ben = STAGE.empty().open(ConsoleScene.link(console));
    ben.one("connection", "Connected");

    assertThat(console.line()).isEqualTo("stopped after PT8S without a click");
    assertThat(console.await()).isZero();
    ben.until(
        () ->
            ben.all("banner").stream()
                .anyMatch(each -> "GONE".equals(each.getAttribute("data-face"))));
  }
}
