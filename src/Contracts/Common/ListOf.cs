namespace Orkestron.Contracts.Common;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Send it as <c>after</c> to get the next page; null at the end.</param>
public sealed record ListOf<T>(IReadOnlyList<T> Items, string? Next);
