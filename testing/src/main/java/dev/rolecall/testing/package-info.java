/**
 * Lets users test the services that Rolecall guards, with no AWS account and no network but the
 * loopback interface: {@link dev.rolecall.testing.RolecallExtension} for calls that pass a guard,
 * {@link dev.rolecall.testing.TestCallers} for handlers alone. For tests only: it depends on the
 * STS emulator, whose answers prove nothing.
 */
@NullMarked
package dev.rolecall.testing;

import org.jspecify.annotations.NullMarked;
