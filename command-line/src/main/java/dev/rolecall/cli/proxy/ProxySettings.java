package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.Section;
import dev.rolecall.identity.Audience;
import java.util.Set;

/** The settings of a proxy, as the options of a command or a configuration file say. */
public interface ProxySettings {

  /** The options that hold for all audiences; a changed file does not change them. */
  Section<? extends ProxyFront> front();

  /** The names that callers sign for. */
  Set<Audience> names();

  /** Has no file be written from now on: a proxy that is only checked does not serve. */
  void onlyCheck();

  /** Counts what a file describes, in words, for the log. */
  String counts();
}
