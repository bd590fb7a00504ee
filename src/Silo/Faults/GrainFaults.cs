using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Orkestron.Silo.Faults;

/// <summary>Tells transient faults from permanent ones.</summary>
public static class GrainFaults
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The delay before a retry, when the store or a part of the cluster cannot be reached, or an
    /// activation is being dropped; null for other faults.
    /// </summary>
    public static TimeSpan? RetryAfter(Exception fault)
    {
        foreach (var cause in Causes(fault))
        {
            switch (cause)
            {
                case JournalUnavailableException store:
                    return store.RetryAfter > Shortly ? store.RetryAfter : Shortly;
                // Cold state is written without the journal.
                case NpgsqlException { IsTransient: true }:
                    return Shortly;
                // The activation is being dropped; the next one accepts the same command.
                case StreamBrokenException:
                case TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
                    or ClientNotAvailableException or GatewayTooBusyException or ConnectionFailedException:
                    return Shortly;
            }
        }

        return null;
    }

    /// <summary>The message for data that a newer version wrote; null for other faults.</summary>
    public static string? Unreadable(Exception fault) => Causes(fault).Any(static cause => cause is UnreadableStreamException)
        ? "This was written by a newer version of Orkestron than the server runs. Nothing was changed. Try again once the server is updated."
        : null;

    /// <summary>
    /// Whether a retry may succeed: beside the faults of <see cref="RetryAfter"/>, also when a silo
    /// is stopping, or a node is older than the data.
    /// </summary>
    public static bool MayPass(Exception fault) => RetryAfter(fault) is not null || Causes(fault).Any(static cause =>
        cause is UnreadableStreamException or OrleansException or ObjectDisposedException
            or OperationCanceledException or SocketException);

    /// <summary>Whether the content of the request caused the fault.</summary>
    public static bool IsOfContent(Exception fault) =>
        fault is JsonException or FormatException or OverflowException or ArgumentOutOfRangeException;

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
