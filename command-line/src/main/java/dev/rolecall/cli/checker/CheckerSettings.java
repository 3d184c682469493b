package dev.rolecall.cli.checker;

import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.proxy.AudienceNames;
import dev.rolecall.cli.proxy.ProxySettings;
import dev.rolecall.identity.Audience;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a checker is to do, as the options of a command or a configuration file say.
 *
 * @param front what holds for all audiences
 * @param audiences who may call, by the name that callers sign for
 */
record CheckerSettings(
    Section<CheckerFrontOptions> front, Map<Audience, Section<CheckedOptions>> audiences)
    implements ProxySettings {

  private static final String AUDIENCES = "audiences";

  CheckerSettings {
    audiences = Map.copyOf(audiences);
  }

  /**
   * Those of the one audience that the arguments of a command describe.
   *
   * @throws CommandFailure if the audience is missing
   */
  static CheckerSettings ofArguments(
      CheckerFrontOptions front, @Nullable Audience audience, CheckedOptions options) {
    if (audience == null) {
      throw new CommandFailure("--audience: missing (expected: the name that callers sign for)");
    }
    return new CheckerSettings(
        Section.ofArguments(front), Map.of(audience, Section.ofArguments(options)));
  }

  /**
   * Those of a configuration file.
   *
   * @throws CommandFailure if something is wrong with it: a line for each
   */
  static CheckerSettings of(ConfigSection root) {
    CheckerFrontOptions front = root.options(new CheckerFrontOptions(), AUDIENCES);
    Map<Audience, Section<CheckedOptions>> audiences =
        AudienceNames.sections(root, AUDIENCES, CheckedOptions::new);
    if (audiences.isEmpty()) {
      root.problem("no " + AUDIENCES + " (expected: a mapping of at least one)");
    }
    if (front.defaultAudience != null && !audiences.containsKey(front.defaultAudience)) {
      root.problem(
          "default_audience: "
              + front.defaultAudience
              + " (expected: one of "
              + audiences.keySet()
              + ")");
    }
    root.requireGood();
    return new CheckerSettings(
        new Section<>(front, root.contentWithout(AUDIENCES), root), audiences);
  }

  @Override
  public Set<Audience> names() {
    return audiences.keySet();
  }

  @Override
  public void onlyCheck() {
    front.options().listen.onlyCheck();
    front.options().feed.onlyCheck();
    audiences.values().forEach(each -> each.options().audience.onlyCheck());
  }

  @Override
  public String counts() {
    return audiences.size() + " audiences";
  }

  /** The audience of routes that name none; empty if their calls are denied. */
  Optional<Audience> defaultAudience() {
    Audience chosen = front.options().defaultAudience;
    return chosen != null || audiences.size() != 1
        ? Optional.ofNullable(chosen)
        : audiences.keySet().stream().findFirst();
  }
}
