package dev.rolecall.cli.checker;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.cli.front.ServedFeed;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckedAudience;
import java.util.Optional;

/**
 * The door of an audience.
 *
 * @param control the control, which is open
 * @param readers guards the audience's decisions by the same control; empty if they are not served
 * @param checked the audience as the checker has it
 */
record CheckedDoor(AccessControl control, Optional<CallGuard> readers, CheckedAudience checked) {

  /**
   * Opens the door of that audience.
   *
   * @param served the feed that its decisions are served by; empty if they are not
   */
  record Opening(
      Audience name, CheckedOptions options, Identity identity, Optional<ServedFeed> served)
      implements AudienceOptions.Doors<CheckedDoor> {

    @Override
    public CheckedDoor open(AccessControlBuilder control) {
      Optional<CallGuard> readers = served.map(feed -> CallGuard.builder(control).build());
      AccessControl built = readers.map(CallGuard::access).orElseGet(control::build);
      return new CheckedDoor(built, readers, options.checked(name, built, identity));
    }

    @Override
    public void close(CheckedDoor door) {
      // The guard closes the control.
      door.readers().ifPresentOrElse(CallGuard::close, door.control()::close);
    }

    @Override
    public ServedFeed feed() {
      return served.orElseGet(ServedFeed::none);
    }
  }
}
