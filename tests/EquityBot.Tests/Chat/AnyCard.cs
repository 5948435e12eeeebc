using System.Collections;
using System.Reflection;
using EquityBot.Chat;

namespace EquityBot.Tests.Chat;

/// <summary>One block of every kind there is, each with texts that occur nowhere else.</summary>
static class AnyCard
{
    public static IEnumerable<Type> Kinds => typeof(Block).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(Block).IsAssignableFrom(type));

    public sealed class Made
    {
        public List<string> Texts { get; } = [];

        public List<Button> Buttons { get; } = [];

        public List<string> Questions { get; } = [];
    }

    public static Block Block(Type kind, Made made) => (Block)Any(kind, made);

    static object Any(Type type, Made made)
    {
        if (type == typeof(string))
        {
            made.Texts.Add($"text{made.Texts.Count}end");
            return made.Texts[^1];
        }

        if (type == typeof(Button))
        {
            var title = (string)Any(typeof(string), made);
            var input = new Input($"input{made.Questions.Count}", $"label{made.Questions.Count}end", (InputType)(made.Buttons.Count % 6)) { Required = true, Choices = [new($"choice{made.Questions.Count}end", "value")] };
            made.Questions.AddRange([input.Id, input.Label, input.Choices[0].Title]);
            made.Buttons.Add(new Button(Guid.NewGuid(), title) { Inputs = made.Buttons.Count % 2 == 0 ? [] : [input] });
            if (made.Buttons[^1].Inputs.Count == 0)
            {
                made.Questions.RemoveRange(made.Questions.Count - 3, 3);
            }

            return made.Buttons[^1];
        }

        if (type == typeof(Uri))
        {
            return new Uri($"https://equity.hospital.example/{made.Texts.Count}");
        }

        if (type == typeof(Block))
        {
            return new Words((string)Any(typeof(string), made));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()))!;
            list.Add(Any(type.GetGenericArguments()[0], made));
            list.Add(Any(type.GetGenericArguments()[0], made));
            return list;
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type)!;
        }

        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .First(one => one.GetParameters().All(parameter => !parameter.ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal)));
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType, made))]);
    }
}
