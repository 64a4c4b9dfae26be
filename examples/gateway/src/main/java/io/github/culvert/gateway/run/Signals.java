package io.github.culvert.gateway.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system, through {@code sun.misc.Signal} of the module jdk.unsupported. By reflection, since
 * the compiler warns of that class in a way that cannot be suppressed. A shutdown hook would not do: it cannot choose
 * the exit code but by halting, which cuts off other hooks.
 */
final class Signals {
    private Signals() {}

    /**
     * Has an action done when a signal comes, in a thread of its own.
     *
     * @param name such as {@code TERM}
     * @param action gets the name
     */
    static void on(String name, Consumer<String> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> called(method, arguments, () -> action.accept(name)));
            Object instance = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, instance, proxy);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the JVM keeps the signal " + name + " for itself", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
        }
    }

    private static @Nullable Object called(Method method, @Nullable Object[] arguments, Runnable action)
            throws ReflectiveOperationException {
        if (method.getName().equals("handle")) {
            action.run();
            return null;
        }
        return method.invoke(action, arguments); // equals, hashCode, toString
    }
}
