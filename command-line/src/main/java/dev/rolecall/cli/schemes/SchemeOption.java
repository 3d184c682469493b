package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import java.util.List;

/** The options of one scheme. Off unless its options are given. */
interface SchemeOption {

  /**
   * The option that switches it on, where it was given.
   *
   * @return empty where it is off
   */
  List<String> given();

  /**
   * The schemes that the options name; none where it is off.
   *
   * @param front the connections that credentials come over
   * @param audiences the names of the server; the first is the one in records
   * @throws CommandFailure if a file or a value does not do
   */
  List<Scheme> schemes(Front front, List<String> audiences);
}
