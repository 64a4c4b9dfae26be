package io.github.culvert.nat.config;

import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.Ipv4Address;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which ICMP messages pass, and which the NAT sends itself (RFC 5508). Types 3, 11, 0 and 8 always pass where they
 * belong to a session.
 *
 * @param passes which other types pass (RFC 5508 REQ-10); parameter problem and timestamp by default
 * @param noRoom the code of the message to an inside host for whose flow there is no room (RFC 5508 REQ-8, RFC 6888
 *     REQ-11)
 * @param answers the sides that the NAT sends messages of its own to (RFC 5508 REQ-9): inside and outside by default
 * @param answerRate how many messages of its own the NAT sends, of all kinds together (RFC 1812 section 4.3.2.8); 100
 *     a second by default
 * @param checkSequence whether an error about a TCP connection must quote a sequence number in flight (RFC 5927
 *     section 4); on by default
 * @param insideAddress the source of messages to inside hosts; without one it is the public address of the host
 */
public record IcmpPolicy(
        Set<OptionalIcmp> passes,
        NoRoom noRoom,
        Set<Side> answers,
        Rate answerRate,
        boolean checkSequence,
        Optional<Ipv4Address> insideAddress) {

    /** The defaults. */
    public static final IcmpPolicy STANDARD = new IcmpPolicy(
            EnumSet.of(OptionalIcmp.PARAMETER_PROBLEM, OptionalIcmp.TIMESTAMP),
            NoRoom.ADMINISTRATIVELY_PROHIBITED,
            EnumSet.of(Side.INSIDE, Side.OUTSIDE),
            new Rate(100, 100),
            true,
            Optional.empty());

    /**
     * Copies what could change.
     *
     * @param passes which other types pass (RFC 5508 REQ-10); parameter problem and timestamp by default
     * @param noRoom the code of the message to an inside host for whose flow there is no room (RFC 5508 REQ-8, RFC
     *     6888 REQ-11)
     * @param answers the sides that the NAT sends messages of its own to (RFC 5508 REQ-9): inside and outside by
     *     default
     * @param answerRate how many messages of its own the NAT sends, of all kinds together (RFC 1812 section 4.3.2.8);
     *     100 a second by default
     * @param checkSequence whether an error about a TCP connection must quote a sequence number in flight (RFC 5927
     *     section 4); on by default
     * @param insideAddress the source of messages to inside hosts; without one it is the public address of the host
     */
    public IcmpPolicy {
        passes = Set.copyOf(passes);
        answers = Set.copyOf(answers);
    }

    /**
     * The same with another {@link #passes()}.
     *
     * @param changed which other types pass (RFC 5508 REQ-10); parameter problem and timestamp by default
     * @return a new value
     */
    public IcmpPolicy withPasses(Set<OptionalIcmp> changed) {
        return new IcmpPolicy(changed, noRoom, answers, answerRate, checkSequence, insideAddress);
    }

    /**
     * The same with another {@link #noRoom()}.
     *
     * @param changed the code of the message to an inside host for whose flow there is no room (RFC 5508 REQ-8, RFC
     *     6888 REQ-11)
     * @return a new value
     */
    public IcmpPolicy withNoRoom(NoRoom changed) {
        return new IcmpPolicy(passes, changed, answers, answerRate, checkSequence, insideAddress);
    }

    /**
     * The same with another {@link #answers()}.
     *
     * @param changed the sides that the NAT sends messages of its own to (RFC 5508 REQ-9): inside and outside by
     *     default
     * @return a new value
     */
    public IcmpPolicy withAnswers(Set<Side> changed) {
        return new IcmpPolicy(passes, noRoom, changed, answerRate, checkSequence, insideAddress);
    }

    /**
     * The same with another {@link #answerRate()}.
     *
     * @param changed how many messages of its own the NAT sends, of all kinds together (RFC 1812 section 4.3.2.8);
     *     100 a second by default
     * @return a new value
     */
    public IcmpPolicy withAnswerRate(Rate changed) {
        return new IcmpPolicy(passes, noRoom, answers, changed, checkSequence, insideAddress);
    }

    /**
     * The same with another {@link #checkSequence()}.
     *
     * @param changed whether an error about a TCP connection must quote a sequence number in flight (RFC 5927 section
     *     4); on by default
     * @return a new value
     */
    public IcmpPolicy withCheckSequence(boolean changed) {
        return new IcmpPolicy(passes, noRoom, answers, answerRate, changed, insideAddress);
    }

    /**
     * The same with another {@link #insideAddress()}.
     *
     * @param changed the source of messages to inside hosts; without one it is the public address of the host
     * @return a new value
     */
    public IcmpPolicy withInsideAddress(Optional<Ipv4Address> changed) {
        return new IcmpPolicy(passes, noRoom, answers, answerRate, checkSequence, changed);
    }
}
