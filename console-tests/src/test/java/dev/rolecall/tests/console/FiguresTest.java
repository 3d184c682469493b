package dev.rolecall.tests.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.CancelAccessRequestRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.testsupport.ServedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The console's figures, which are printed. What a busy machine changes is not judged; the heap is.
 */
@Timeout(600)
final class FiguresTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  /** Two of them make a request and take it back. 10,000 in the long form. */
  private static final int ROWS = Integer.getInteger("rolecall.console.rows", 600);

  private static final long MOST_HEAP_BYTES = 40L << 20;

  /** Scrolls to the end, a screen in a few frames, and gives the times between frames. */
  private static final String SCROLL =
      """
      const done = arguments[arguments.length - 1];
      const rows = arguments[0];
      const frames = [];
      const begun = performance.now();
      let last = begun;
      const step = now => {
        frames.push(now - last);
        last = now;
        scrollBy(0, 120);
        const shown = document.querySelectorAll('[data-testid=event]').length;
        const isEnd = shown >= rows
            && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
        if (!isEnd && now - begun < 120000) {
          requestAnimationFrame(step);
          return;
        }
        frames.sort((one, other) => one - other);
        const at = part => Math.round(frames[Math.floor((frames.length - 1) * part)]);
        done(shown + ' rows, ' + frames.length + ' frames, median ' + at(0.5) + ' ms, p95 '
            + at(0.95) + ' ms, longest ' + at(1) + ' ms');
      };
      requestAnimationFrame(step);
      """;

  private static void print(String figure) {
    System.out.println("console: " + figure);
  }

  @Test
  void page_isThereSoonAfterTheCommand() throws Exception {
    Tab tab = STAGE.empty().open("about:blank");
    long begun = System.currentTimeMillis();
    ServedProcess console =
        STAGE.scene().consoleProcess("ben", "--no-browser " + STAGE.scene().servers());
    String link = ConsoleScene.link(console);
    long printed = System.currentTimeMillis();
    tab.open(link);
    tab.one("connection", "Connected");
    long painted =
        (long)
            Double.parseDouble(
                tab.script(
                    "return performance.timeOrigin"
                        + " + performance.getEntriesByName('first-contentful-paint')[0].startTime"));

    print("command to printed line: " + (printed - begun) + " ms");
    print("printed line to first paint: " + (painted - printed) + " ms");
    assertThat(painted).isGreaterThan(begun);
  }

  @Test
  void trailOfManyRows_scrolls_andTheHeapStaysSmall() throws Exception {
    AccessServiceGrpc.AccessServiceBlockingStub ana = STAGE.scene().access("ana");
    for (int i = 0; i < ROWS / 2; i++) {
      String id =
          ana.requestAccess(
                  RequestAccessRequest.newBuilder()
                      .setPermission("orders-admin")
                      .setDuration(Duration.newBuilder().setSeconds(3_600))
                      .setReason("row " + i)
                      .build())
              .getId();
      var unused =
          ana.cancelAccessRequest(CancelAccessRequestRequest.newBuilder().setId(id).build());
    }
    ServedProcess console =
        STAGE.scene().consoleProcess("ben", "--no-browser " + STAGE.scene().servers());
    Tab ben = STAGE.empty().open(ConsoleScene.link(console));
    ben.one("connection", "Connected");
    for (String page : new String[] {"live", "decisions", "policy", "activity"}) {
      ben.go(page);
    }
    ben.one("event");
    ben.driver().manage().timeouts().scriptTimeout(java.time.Duration.ofMinutes(3));

    String scrolled = ben.scriptLater(SCROLL, ROWS);

    print("audit trail: " + scrolled);
    long shown = Long.parseLong(scrolled.substring(0, scrolled.indexOf(' ')));
    assertThat(shown).isGreaterThanOrEqualTo(ROWS);
    long live = liveBytes(console.handle().pid());
    print("live heap: " + (live >> 10) + " KiB; resident: " + resident(console.handle().pid()));
    assertThat(live).isLessThan(MOST_HEAP_BYTES);
    assertThat(ben.complaints()).isEmpty();
  }

  /** What is on the heap after a collection, which the histogram makes. */
  private static long liveBytes(long pid) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    Matcher total = Pattern.compile("Total +[0-9]+ +([0-9]+)").matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
    return Long.parseLong(total.group(1));
  }

  private static String resident(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/status"))
        .replaceFirst("(?s).*VmRSS:\\s+([0-9]+ kB).*", "$1");
  }
}
