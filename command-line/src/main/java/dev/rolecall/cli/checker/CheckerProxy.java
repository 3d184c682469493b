package dev.rolecall.cli.checker;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.proxy.OpenAudiences;
import dev.rolecall.cli.proxy.ProxyFeed;
import dev.rolecall.cli.proxy.ProxyKind;
import dev.rolecall.cli.proxy.ProxyServer;
import dev.rolecall.cli.proxy.Surroundings;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckedAudience;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.envoy.EnvoyCheckerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checker for Envoy as a proxy of the command line. */
final class CheckerProxy implements ProxyServer<CheckerSettings, OpenAudiences<CheckedDoor>> {

  /** Longer than a Check that waits for an issuer takes. */
  private static final Duration LAST_CHECKS = Duration.ofSeconds(15);

  static final ProxyKind<CheckerSettings, OpenAudiences<CheckedDoor>> KIND =
      new ProxyKind<>(
          "checking",
          "audiences",
          CheckerSettings::of,
          (settings, around) -> new CheckerProxy(settings.front().options(), around));

  private final CheckerFrontOptions front;
  private final Surroundings around;
  private final ProxyFeed feed;
  private @Nullable EnvoyChecker checker;

  private CheckerProxy(CheckerFrontOptions front, Surroundings around) {
    this.front = front;
    this.around = around;
    this.feed = ProxyFeed.of(front.feed, around.telemetry());
  }

  @Override
  public OpenAudiences<CheckedDoor> open(
      CheckerSettings settings,
      Optional<Opened<CheckerSettings, OpenAudiences<CheckedDoor>>> before) {
    Optional<Audience> fed = settings.front().making(() -> audienceOfFeed(settings));
    OpenAudiences<CheckedDoor> audiences =
        OpenAudiences.open(
            settings.audiences(),
            before.map(Opened::parts),
            (name, options) ->
                options.audience.opened(
                    name,
                    Front.TLS,
                    around.telemetry(),
                    new CheckedDoor.Opening(
                        name,
                        options,
                        around.identity(),
                        fed.filter(name::equals).map(each -> feed.served()))));
    EnvoyChecker running = checker;
    if (running != null) {
      running.replaceAudiences(
          others(settings, audiences), ofRoutesThatNameNone(settings, audiences));
    }
    fed.flatMap(name -> audiences.door(name).readers()).ifPresent(feed::guardedBy);
    return audiences;
  }

  /** The audience whose decisions are served; empty if none are. */
  private Optional<Audience> audienceOfFeed(CheckerSettings settings) {
    if (!feed.isOn()) {
      return Optional.empty();
    }
    Optional<Audience> chosen = settings.defaultAudience();
    if (chosen.isEmpty()) {
      throw new CommandFailure(
          "--console-feed: no default audience (expected: --default-audience, which says whose"
              + " decisions and whose policy)");
    }
    return chosen;
  }

  private static Optional<CheckedAudience> ofRoutesThatNameNone(
      CheckerSettings settings, OpenAudiences<CheckedDoor> audiences) {
    return settings.defaultAudience().map(name -> audiences.door(name).checked());
  }

  private static List<CheckedAudience> others(
      CheckerSettings settings, OpenAudiences<CheckedDoor> audiences) {
    Optional<Audience> chosen = settings.defaultAudience();
    return settings.names().stream()
        .filter(name -> !chosen.equals(Optional.of(name)))
        .map(name -> audiences.door(name).checked())
        .toList();
  }

  @Override
  public void check(Opened<CheckerSettings, OpenAudiences<CheckedDoor>> opened) {
    var unused = opened.settings().front().making(front::checker);
    opened
        .settings()
        .front()
        .making(
            () -> {
              feed.check();
              return feed;
            });
  }

  @Override
  public void start(Opened<CheckerSettings, OpenAudiences<CheckedDoor>> opened) {
    EnvoyCheckerBuilder builder =
        opened
            .settings()
            .front()
            .making(front::checker)
            .runtime(AccessRuntime.builder().openTelemetry(around.telemetry()).build());
    others(opened.settings(), opened.parts()).forEach(builder::audience);
    ofRoutesThatNameNone(opened.settings(), opened.parts()).ifPresent(builder::defaultAudience);
    feed.start();
    try {
      checker = builder.start();
    } catch (IOException e) {
      throw new CommandFailure("cannot listen: " + IoWords.why(e), e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean isReady() {
    return requireNonNull(checker, "checker").isWarm();
  }

  @Override
  public String address() {
    return front.listen.listening(requireNonNull(checker, "checker"));
  }

  @Override
  public Stream<String> notes(Opened<CheckerSettings, OpenAudiences<CheckedDoor>> opened) {
    return Stream.concat(feed.notes().stream(), opened.parts().notes());
  }

  @Override
  public Stream<String> notFollowed(CheckerSettings before, CheckerSettings after) {
    return Stream.empty();
  }

  @Override
  public Duration lastUse() {
    return LAST_CHECKS;
  }

  @Override
  public List<Runnable> closes(
      OpenAudiences<CheckedDoor> audiences, Optional<OpenAudiences<CheckedDoor>> kept) {
    return audiences.closesBut(kept);
  }

  /** Says that it does not serve, goes on to answer for the time of the option, and ends. */
  @Override
  public void drain() {
    try {
      requireNonNull(checker, "checker").drain(front.drain, LAST_CHECKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    feed.close();
    if (checker != null) {
      checker.close();
    }
  }
}
