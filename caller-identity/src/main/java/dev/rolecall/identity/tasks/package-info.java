/**
 * Tasks that outlive what they throw ({@link dev.rolecall.identity.tasks.Supervisor}), and the
 * threads that they run on. Internal: exported to the modules of Rolecall alone. Depends on the JDK
 * alone.
 */
@NullMarked
package dev.rolecall.identity.tasks;

import org.jspecify.annotations.NullMarked;
