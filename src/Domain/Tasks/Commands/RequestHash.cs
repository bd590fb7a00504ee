using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orkestron.Domain.Tasks;

/// <summary>Tells whether two submissions under one idempotency key are the same request.</summary>
internal static class RequestHash
{
    /// <summary>SHA-256 of what was asked for, in hexadecimal. Stored: what it covers, and in which order, stays.</summary>
    public static string Of(SubmitTask command)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{command.Agent}\n{command.BudgetMicro}\n{command.Deadline:O}\n");
        if (command.RetryFrom is { } from)
        {
            Add($"{from.TaskId:N}\n{from.StepId}\n");
        }

        if (command.TimeLimit is { } limit)
        {
            Add($"within {limit.Ticks}\n");
        }

        if (command.Version is { } version)
        {
            Add($"{version}\n");
        }

        if (command.Terms?.OrNull() is { } terms)
        {
            Add($"{JsonSerializer.Serialize(terms, TaskJson.Default.TaskTerms)}\n");
        }

        hash.AppendData(command.Input.Utf8);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
