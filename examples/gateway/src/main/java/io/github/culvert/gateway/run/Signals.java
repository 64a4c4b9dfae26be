package io.github.culvert.gateway.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system, through {@code sun.misc.Signal} of the module jdk.unsupported. By reflection, since
 * the compiler warns of that class in a way that cannot be suppressed. A shutdown hook would not do: it cannot choose
 * the exit code but by halting, which cuts off other hooks.
 */
final class Signals implements AutoCloseable {
    private final List<Undo> undo = new ArrayList<>();

    /** Gives a signal back to whom it belonged. */
    private interface Undo {
        void run();
    }

    /**
     * Has an action done, in a thread of its own, whenever a signal comes, until {@link #close()}.
     *
     * @param name such as {@code TERM}
     * @param action what to do
     */
    void on(String name, Runnable action) {
        Object signal = signal(name);
        Object before = handle(signal, handler(action));
        undo.add(() -> handle(signal, before));
    }

    /** From now on, the signals do what they did before. */
    @Override
    public void close() {
        undo.forEach(Undo::run);
        undo.clear();
    }

    private static Object signal(String name) {
        try {
            return type("Signal").getConstructor(String.class).newInstance(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this system has no signal " + name, e);
        }
    }

    private static Object handle(Object signal, Object handler) {
        try {
            return type("Signal")
                    .getMethod("handle", type("Signal"), type("SignalHandler"))
                    .invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the JVM keeps the signal " + signal + " for itself", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object handler(Runnable action) {
        Class<?> type = type("SignalHandler");
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(method, arguments, action));
    }

    private static @Nullable Object call(Method method, @Nullable Object[] arguments, Runnable action)
            throws ReflectiveOperationException {
        if (method.getName().equals("handle")) {
            action.run();
            return null;
        }
        return method.invoke(action, arguments); // equals, hashCode, toString
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("sun.misc." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JVM lacks the module jdk.unsupported", e);
        }
    }
}
