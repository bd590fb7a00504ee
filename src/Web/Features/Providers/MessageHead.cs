using System.Text.Json;
using Orkestron.Contracts.Common;

namespace Orkestron.Web.Features.Providers;

/// <summary>The head of a hub message that cannot be read whole: what was readable before the error. Pure.</summary>
/// <param name="Type">SignalR's message type; 1 is an invocation.</param>
/// <param name="InvocationId">The id of the invocation; null when no result is expected.</param>
/// <param name="Target">The method.</param>
/// <param name="Ticket">The ticket in the first argument.</param>
/// <param name="Fault">What is wrong with its JSON; null when nothing is.</param>
internal sealed record MessageHead(int Type, string? InvocationId, string? Target, string? Ticket, string? Fault)
{
    private const int MostRead = 100_000;

    public static MessageHead Read(ReadOnlySpan<byte> utf8)
    {
        var head = new MessageHead(0, null, null, null, JsonForm.Fault(utf8, isJson: false));
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MostRead });
        var (member, within) = ("", "");
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth is 1 or 3)
                {
                    (member, within) = reader.CurrentDepth == 1 ? (reader.GetString()!, "") : (member, reader.GetString()!);
                }
                else if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.Number } && member == "type")
                {
                    head = head with { Type = reader.TryGetInt32(out var type) ? type : 0 };
                }
                else if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.String })
                {
                    head = member switch
                    {
                        "invocationId" => head with { InvocationId = reader.GetString() },
                        "target" => head with { Target = reader.GetString() },
                        _ => head,
                    };
                }
                else if (reader is { CurrentDepth: 3, TokenType: JsonTokenType.String } && member == "arguments" && within == "ticket")
                {
                    head = head with { Ticket = head.Ticket ?? reader.GetString() };
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // It cannot be read from here on.
        }

        return head;
    }
}
