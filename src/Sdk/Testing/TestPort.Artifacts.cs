using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Testing;

// Files and messages in memory.
internal sealed partial class TestPort
{
    private readonly ConcurrentDictionary<string, TestArtifact> _artifacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TestArtifact> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AgentMessage> _taken = new(StringComparer.Ordinal);
    private readonly List<TestMessage> _messages = [];

    public IReadOnlyDictionary<string, TestArtifact> Made => _made;

    public List<(string FromRole, string Type, JsonElement Data)> Inbox { get; } = [];

    public IReadOnlyList<TestMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public string Add(string name, string mediaType, byte[] content)
    {
        // Equal content is one file, as on the platform.
        var reference = ArtifactReference.Of(new Guid(SHA256.HashData(content).AsSpan(0, 16)));
        _artifacts.TryAdd(reference, new TestArtifact(name, mediaType, content));
        return reference;
    }

    public Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken) =>
        _artifacts.TryGetValue(reference, out var found)
            ? Task.FromResult(new AgentArtifact(
                found.Name, found.MediaType, found.Content.Length, new MemoryStream(found.Content.ToArray(), writable: false)))
            : throw new AgentFailedException($"The test has no file {reference}: use AddArtifact.") { Code = "artifact_not_found" };

    public async Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        var reference = Add(name, mediaType, whole.ToArray());
        _made[reference] = _artifacts[reference];
        return reference;
    }

    public Task<Recorded> SendAsync(
        string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var known = _recorded.ContainsKey(key);
            var sent = _recorded.GetOrAdd(key, _ => new Recorded(JsonSerializer.SerializeToElement($"1:{key}"), clock.GetUtcNow()));
            if (!known)
            {
                _messages.Add(new TestMessage(to, type, payload.Clone()));
            }

            return Task.FromResult(sent);
        }
    }

    public Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_taken.TryGetValue(key, out var taken))
            {
                var place = Inbox.FindIndex(each => type is null || each.Type == type);
                if (place >= 0)
                {
                    var (role, kind, data) = Inbox[place];
                    Inbox.RemoveAt(place);
                    _taken[key] = taken = new AgentMessage($"0:{_taken.Count}", 0, role, kind, data, clock.GetUtcNow());
                }
            }

            return Task.FromResult(taken);
        }
    }
}
