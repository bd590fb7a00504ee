using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.SignalR;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Messages to a hub, written by hand, so that they may be wrong in every way.</summary>
internal sealed class FuzzHub(Uri node, string path, Type hub, string key, FuzzWords words) : IDisposable
{
    private const char End = '\x1e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FuzzJson _json = new(words);
    private readonly MethodInfo[] _methods =
    [
        .. hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(static method => method.GetBaseDefinition().DeclaringType != typeof(Hub) && !method.IsSpecialName),
    ];

    private ClientWebSocket? _socket;

    /// <summary>A message for a method of the hub, with some parts that do not fit.</summary>
    public string Make(int number, Random random)
    {
        var method = _methods[number % _methods.Length];
        var arguments = method.GetParameters()
            .Where(static parameter => parameter.ParameterType != typeof(CancellationToken))
            .Select(parameter => _json.Of(random, parameter.ParameterType, parameter.Name!, 0, random.Next(100) < 50 ? 12 : 2));
        var streams = method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
        var message = $"{{\"type\":{(streams ? 4 : 1)},\"invocationId\":\"{number}\",\"target\":\"{method.Name}\",\"arguments\":[{string.Join(',', arguments)}]}}";
        return random.Next(100) switch
        {
            < 6 => message[..random.Next(message.Length)],
            < 9 => message.Replace(method.Name, "Nothing", StringComparison.Ordinal),
            < 12 => message.Replace("\"type\":", "\"type\":1e400,\"x\":", StringComparison.Ordinal),
            < 15 => FuzzJson.Anything(random, 0),
            _ => message,
        };
    }

    /// <summary>Sends a message; what is wrong with the answer, or null.</summary>
    public async Task<string?> SendAsync(int number, string message, CancellationToken stop)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timed.CancelAfter(Patience);
        try
        {
            if (_socket?.State != WebSocketState.Open)
            {
                await ConnectAsync(timed.Token);
            }

            await _socket!.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, timed.Token);
            return await AnswerAsync(number, timed.Token);
        }
        catch (WebSocketException)
        {
            // Hung up: the next message opens another connection.
            Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Dispose();
            return "The hub did not answer.";
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        Dispose();
        _socket = new ClientWebSocket();
        _socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        await _socket.ConnectAsync(new Uri($"ws://{node.Authority}{path}"), stop);
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}" + End), WebSocketMessageType.Text, true, stop);
        await ReadAsync(stop);
    }

    private async Task<string?> AnswerAsync(int number, CancellationToken stop)
    {
        while (true)
        {
            var text = await ReadAsync(stop);
            if (text is null)
            {
                return null;
            }

            // A refusal is named by the exception that it is told by; what says nothing is a fault.
            if (text.Contains("An unexpected error occurred", StringComparison.Ordinal)
                && !text.Contains("HubException:", StringComparison.Ordinal))
            {
                return text;
            }

            // The end of the call, or of the connection.
            if (text.Contains($"\"type\":3,\"invocationId\":\"{number}\"", StringComparison.Ordinal)
                || text.Contains("\"type\":7", StringComparison.Ordinal))
            {
                return null;
            }
        }
    }

    private async Task<string?> ReadAsync(CancellationToken stop)
    {
        var buffer = new byte[16_384];
        var text = new StringBuilder();
        while (true)
        {
            var got = await _socket!.ReceiveAsync(buffer.AsMemory(), stop);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                Dispose();
                return null;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            if (got.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }
}
