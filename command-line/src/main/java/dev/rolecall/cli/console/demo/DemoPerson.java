package dev.rolecall.cli.console.demo;

import dev.rolecall.cli.scene.AccessScene;
import dev.rolecall.stsemulator.PermissionSet;
import java.util.Locale;

/** The people of the demo who have a console each. */
public enum DemoPerson {
  /** Reviews, and administers. */
  BEN(true, "a lead, who reviews"),
  /** Reviews too. */
  CID(true, "another lead"),
  /** Asks. */
  ANA(false, "an engineer, who asks");

  private final boolean lead;
  private final String part;

  DemoPerson(boolean lead, String part) {
    this.lead = lead;
    this.part = part;
  }

  PermissionSet set() {
    return lead ? AccessScene.LEAD : AccessScene.ENGINEER;
  }

  /** The user name. */
  public String userName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part that the person plays, in a few words. */
  public String part() {
    return part;
  }
}
