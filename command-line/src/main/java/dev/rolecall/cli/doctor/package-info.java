/**
 * The command {@code rolecall doctor}: {@link dev.rolecall.cli.doctor.DoctorCommand} is the entry.
 * Depends on no other command.
 */
@NullMarked
package dev.rolecall.cli.doctor;

import org.jspecify.annotations.NullMarked;
