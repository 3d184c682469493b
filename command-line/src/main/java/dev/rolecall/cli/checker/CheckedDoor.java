package dev.rolecall.cli.checker;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckedAudience;

/**
 * The door of an audience.
 *
 * @param control the control, which is open
 * @param checked the audience as the checker has it
 */
record CheckedDoor(AccessControl control, CheckedAudience checked) {

  /** Opens the door of that audience. */
  record Opening(Audience name, CheckedOptions options, Identity identity)
      implements AudienceOptions.Doors<CheckedDoor> {

    @Override
    public CheckedDoor open(AccessControlBuilder control) {
      AccessControl built = control.build();
      return new CheckedDoor(built, options.checked(name, built, identity));
    }

    @Override
    public void close(CheckedDoor door) {
      door.control().close();
    }
  }
}
