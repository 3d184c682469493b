package dev.rolecall.cli.config;

import dev.rolecall.cli.failure.CommandFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Options, with the place that they are from.
 *
 * @param options the options
 * @param content equal to another's where the options say the same
 * @param place the section of a file; null for the arguments of a command
 */
public record Section<T>(T options, String content, @Nullable ConfigSection place) {

  /** Options that are the arguments of a command. */
  public static <T> Section<T> ofArguments(T options) {
    return new Section<>(options, "", null);
  }

  /** Options of that section of a file. */
  public static <T> Section<T> of(ConfigSection place, T options) {
    return new Section<>(options, place.content(), place);
  }

  /**
   * What that makes; a failure of it names the place.
   *
   * @throws CommandFailure if the making fails
   */
  public <R> R making(Supplier<R> making) {
    return place == null ? making.get() : place.making(making);
  }
}
