/**
 * Scenes that demos play in: servers on the loopback interface, people, and the STS emulator behind
 * them. {@link dev.rolecall.cli.scene.AccessScene} is the one of access for a time. Depends on no
 * command.
 */
@NullMarked
package dev.rolecall.cli.scene;

import org.jspecify.annotations.NullMarked;
