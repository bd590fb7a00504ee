using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Tests.Tasks;

/// <summary>What is described at compile time writes the same bytes, and refuses the same, as what is looked at when it is met.</summary>
public sealed class TaskJsonTests
{
    private static readonly JsonSerializerOptions Looked =
        new(ApiJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Theory]
    [InlineData("""{"id":"0198d1e0-0000-7000-8000-000000000001","agent":"a/b","agentVersion":"1.0.0","state":"submitted","steps":[],"cost":{"held":"0.25","charged":"0","refunded":"0","settled":false},"sequence":1,"createdAt":"2026-11-30T10:00:00Z","deadline":"2026-11-30T10:30:00Z"}""")]
    [InlineData("""{"id":"0198d1e0-0000-7000-8000-000000000002","agent":"a/b","agentVersion":"1.0.0","state":"completed","statusMessage":"Ümläut \"quoted\" <b>","input":{"text":"\u0000 ü","n":1.50,"deep":[{"a":null}]},"droppedMembers":["/x"],"steps":[{"id":1,"agent":"a/b","agentVersion":"1.0.0","state":"completed","attempt":2,"requestedAt":"2026-11-30T10:00:00.123Z","startedAt":"2026-11-30T10:00:00.2Z","price":"0.000001","cost":"3","percent":12.5,"key":"1.2","reusedFrom":{"taskId":"0198d1e0-0000-7000-8000-000000000003","stepId":4},"output":[1e3,true],"runs":[{"startedAt":"2026-11-30T10:00:00Z","endedAt":null,"attempt":1,"output":"half","failure":"worker_lost"}],"marks":[{"key":"1","kind":"timer","at":"2026-11-30T10:00:00Z","endedAt":null,"reused":true,"droppedMembers":["/y"]}],"waitingFor":{"kind":"timer","stepId":1,"since":"2026-11-30T10:00:00Z","until":null,"lastSeenAt":null}}],"result":"text","cost":{"held":"1","charged":"0.5","refunded":"0.5","settled":true},"sequence":9,"createdAt":"2026-11-30T10:00:00+02:00","endedAt":"2026-11-30T10:00:01Z","deadline":"2026-11-30T10:30:00Z","queuePosition":3,"questions":[{"id":"q","stepId":1,"prompt":"Go on?","schema":{"type":"boolean"},"subject":null,"askedAt":"2026-11-30T10:00:00Z","answerBy":"2026-12-01T10:00:00Z"}],"retryOf":{"taskId":"0198d1e0-0000-7000-8000-000000000003","stepId":1}}""")]
    public void Task_WrittenByBoth_IsTheSameByteForByte(string json)
    {
        var task = JsonSerializer.Deserialize<TaskDetail>(json, Looked)!;

        Assert.Equal(JsonSerializer.Serialize(task, Looked), JsonSerializer.Serialize(task, ApiJson.Options));
    }

    [Theory]
    [InlineData(typeof(TaskDetail))]
    [InlineData(typeof(TaskQuote))]
    [InlineData(typeof(TaskEventList))]
    [InlineData(typeof(ListOf<TaskListItem>))]
    [InlineData(typeof(ListOf<Disclosure>))]
    [InlineData(typeof(ListOf<WalletEntry>))]
    [InlineData(typeof(CreateTaskRequest))]
    [InlineData(typeof(QuoteRequest))]
    [InlineData(typeof(TaskInputRequest))]
    [InlineData(typeof(RetryTaskRequest))]
    [InlineData(typeof(Problem))]
    public void Members_OfATypeAndWhatItHolds_AreTheSameInTheSameOrder(Type type)
    {
        var seen = new HashSet<Type>();
        Compare(type);

        void Compare(Type each)
        {
            if (!seen.Add(each))
            {
                return;
            }

            var (ours, theirs) = (ApiJson.Options.GetTypeInfo(each), Looked.GetTypeInfo(each));
            Assert.Equal(theirs.Kind, ours.Kind);
            Assert.Equal(theirs.UnmappedMemberHandling, ours.UnmappedMemberHandling);
            Assert.Equal(
                theirs.Properties.Select(static member => (member.Name, member.PropertyType, member.IsRequired)),
                ours.Properties.Select(static member => (member.Name, member.PropertyType, member.IsRequired)));
            foreach (var member in theirs.Properties)
            {
                Compare(member.PropertyType);
            }

            if (theirs.ElementType is { } element)
            {
                Compare(element);
            }
        }
    }

    [Theory]
    [InlineData("""{"agent":"a/b","input":{},"agent":"c/d"}""")]
    [InlineData("""{"agent":1,"input":{}}""")]
    [InlineData("""{"agent":"a/b","input":{},"budgetTokens":"much"}""")]
    [InlineData("""{"agent":"a/b","input":{},"nobody":"knows"}""")]
    public void Request_ThatIsRefused_IsRefusedWithTheSameWords(string json)
    {
        var ours = Record.Exception(() => JsonSerializer.Deserialize<CreateTaskRequest>(json, ApiJson.Options));
        var theirs = Record.Exception(() => JsonSerializer.Deserialize<CreateTaskRequest>(json, Looked));

        Assert.Equal(theirs?.Message, ours?.Message);
        Assert.IsType<JsonException>(ours);
    }
}
