import type { StudentKey } from './people.ts';

export type Reply = { by: StudentKey; body: string; claims?: string[]; role?: string };
export type Thread = {
  id: string;
  prompt: string;
  by: StudentKey;
  role: string;
  claims: string[];
  body: string;
  replies?: Reply[];
};

/** What the class has written, in its own words. */
export const threads: readonly Thread[] = [
  {
    id: 'two-jobs',
    prompt: 'Q003.1',
    by: 'amara',
    role: 'cm',
    claims: ['001.01', '001.09'],
    body: `I say **two jobs that share a toolbox**. Honea draws the line at a moment, not at a platform:

1. somebody decides where a notice goes and sees that it arrives;
2. somebody *else* stays for what people say about it.

At the café where I work one person does both, and the second half is what gets dropped on busy days. That alone tells me it is another job. What would change my mind: a firm where the person who stays also plans, and nothing suffers for a whole season [001.09].`,
    replies: [
      {
        by: 'jonas',
        body: 'Your two steps convince me more than any list of tools would. But who writes the notice in step one? If that is a third person, the line you draw is about timing, and timing is easy to share.',
      },
      {
        by: 'layla',
        body: 'أوافق على أن لحظة النشر هي الحدّ الفاصل بين العملين، لكن في متجر صغير لا يوجد شخص ثانٍ يبقى بعد النشر، فيصير السؤال: أيّ النصفين يُهمَل أولاً ولماذا؟',
      },
      {
        by: 'kostas',
        body: 'I read the same page and came out on the other side: if the café fills both halves with one person, firms will go on advertising one job, whatever we would like the words to mean.',
      },
    ],
  },
  {
    id: 'one-job',
    prompt: 'Q003.1',
    by: 'kostas',
    role: 'smm',
    claims: ['003.01'],
    body: `One job, with two names. Look at the adverts that Cole is angry about: they ask for design, video, strategy *and* replies. Employers have already decided, and the person who applies will do all of it under the title social media manager. I know that Cole thinks this is a mistake. I only say that the word means what firms pay for, and they pay for one person. Two adverts from one firm, side by side, would change my mind.`,
    replies: [
      {
        by: 'amara',
        body: 'A mistake that many firms make is still a mistake, I think. Cole says that several of those duties are careers of their own, so what firms pay for may be a wish rather than a job.',
        claims: ['003.02'],
        role: 'cm',
      },
      {
        by: 'maria',
        body: 'I looked for two adverts side by side, as you asked. The train company here has both, and the second one never mentions posting at all: only members, meetings and complaints that come in at night.',
      },
    ],
  },
  {
    id: 'depends',
    prompt: 'Q003.1',
    by: 'xiaohong',
    role: 'both',
    claims: ['002a.02'],
    body: `It depends on the size of the house, and 002a allows for that: no definition is standard, and duties cross over.

> Telling them apart is worth the trouble all the same.

In my aunt's shop there is one phone and one person, so *one* job. In the hospital where I volunteer there are two people on two floors who hardly meet. I lean to both, and I would change my mind if somebody showed me a duty that never moves, whatever the size of the firm is.`,
    replies: [
      {
        by: 'maria',
        body: 'Here is a duty that never moves, I believe: measuring what the spending brought back. In the club, the shop and the hospital it lies with whoever has the budget, and that is never the person who talks to members.',
      },
      {
        by: 'jonas',
        body: 'Thank you for the shop and the hospital. Could both floors swap for a week, do you think? If yes, then it is one job.',
      },
    ],
  },
  {
    id: 'unsure',
    prompt: 'Q003.1',
    by: 'jonas',
    role: 'neither',
    claims: ['000.02'],
    body: `Neither, or rather: not yet. Barclay noticed that articles two years apart describe the jobs differently. When the words move that quickly, a vote today says more about the year than about the work. So I would rather ask what has to be done on a Tuesday, write the list down, and see whether it falls into two heaps by itself. My list so far has nine lines, and six could go to either. If the heaps come out clean, I will come back and change my vote.`,
    replies: [
      {
        by: 'xiaohong',
        body: 'Please post the nine lines! I tried the same with our volunteers and got eleven, of which only two could go to either. Perhaps the heaps depend on who makes the list.',
      },
    ],
  },
  {
    id: 'wine',
    prompt: 'Q003.1',
    by: 'maria',
    role: 'cm',
    claims: ['003.14', '003.16'],
    body: `Two jobs. Cole ran the channels of a conference and says that her work went far beyond that. So the channels were the smaller part: a *place* for conversations was the larger one [003.16]. My evidence from life is a plant exchange that began in the comments of a seller. The seller's posts stopped in spring and the exchange did not, since one member had begun to look after it. What would change my mind is an exchange that dies when the posts stop.`,
  },
  {
    id: 'right-to-left',
    prompt: 'Q003.1',
    by: 'layla',
    role: 'both',
    claims: ['004.01'],
    body: `أميل إلى أنهما **عملان متداخلان** يصعب فصل أحدهما عن الآخر، كما يقول النص الرابع [004.01]. في جمعية الحيّ التي أتطوّع فيها شخص واحد ينشر الإعلانات ويردّ على الأعضاء ويرتّب اللقاءات، وحين يغيب أسبوعاً يتوقّف الكلام بين الأعضاء قبل أن تتوقّف المنشورات بوقت طويل.

لذلك أظنّ أن معظم المؤسّسات تعلن عن العمل الأول وتحتاج في الحقيقة إلى الثاني. وما قد يغيّر رأيي هو مؤسّسة صغيرة فيها شخصان، ولا يعرف أحدهما ما يفعله الآخر في يومه، ومع ذلك يبقى الأعضاء راضين عن الاثنين معاً.`,
  },
  {
    id: 'too-short',
    prompt: 'Q003.1',
    by: 'tomas',
    role: 'smm',
    claims: [],
    body: 'Same job. Nobody I know has ever met the other one.',
  },
  {
    id: 'advert',
    prompt: 'Q003.1',
    by: 'chloe',
    role: 'smm',
    claims: ['003.03'],
    body: `Same job, and whoever says otherwise is selling something!! My cousin's agency will do all of it for 99 a month, write to me and I send you the link, first ten people pay half. Cole says the two are lumped together where being social is replying to comments, and that is what everybody does, so there you have it. I have seen forty firms from within and not one had two people. Ask anybody, and then ask for the offer.`,
  },
  {
    id: 'metric',
    prompt: 'X.4',
    by: 'priya',
    role: 'cm',
    claims: ['000.10', '002a.15'],
    body: `The community manager of our student radio, and the metric is **questions answered by other listeners within a day**. Barclay warns that this success is harder to measure [000.10], so I want a figure that the manager cannot make by posting more. If fewer than one question in three is answered by somebody outside the team over a term, I will admit that she runs a help desk and not a community. It cannot show whether the answers were any good.`,
    replies: [
      {
        by: 'tomas',
        body: 'A good figure, and hard to fake. I would add how many different people answer: with three keen listeners you reach one in three easily, and when they leave in summer nothing is left of it.',
      },
    ],
  },
  {
    id: 'return',
    prompt: 'X.4',
    by: 'tomas',
    role: 'smm',
    claims: ['002a.06', '000.06'],
    body: `The social media manager of the theatre, by what one seat costs in advertising. 002a wants data for exactly that: whether what was chosen was a good investment. Cost per seat sold from a post, over the ten weeks of a season:

- above \`4.00\`: she is doing badly, whatever the number of followers says;
- below \`2.50\`: I believe you.

It cannot show who would have come anyway, which is the whole trouble with simple figures.`,
    replies: [
      {
        by: 'priya',
        body: 'Who would have come anyway is easy to find out in a theatre: leave out the posts for two plays of the ten, and see what the seats cost then. Would the manager agree to that?',
      },
    ],
  },
  {
    id: 'bet',
    prompt: 'X.1',
    by: 'jiwoo',
    role: 'cm',
    claims: ['001.13', '000.22'],
    body: `I bet on Honea: the community manager hears first that a customer is unhappy [001.13]. Barclay gives complaints to the social media manager [000.22], and both may be reporting what they saw.

**The test.** A bus company with both posts, eight weeks in winter. Every complaint gets a mark for who touched it first and who closed it. If the social media manager *closes* more than half, I pay up, even where the community manager touched them first, because dealing with a complaint means ending it. If neither closes half, we both lose, and the job is done by somebody whom nobody has a title for.`,
    replies: [
      {
        by: 'amara',
        body: 'Marking who closed it is the clever part. In our café I would lose this bet every week: the one who closes is the person who can give the money back, and that is neither of the two.',
      },
      {
        by: 'maximiliane',
        body: 'Eight weeks in winter favour Honea, since complaints about late buses are about repair and news, and those she gives to the community manager. Take eight weeks around a new fare as well.',
        claims: ['001.15'],
        role: 'smm',
      },
    ],
  },
  {
    id: 'money-back',
    prompt: 'X.1',
    by: 'amara',
    role: 'neither',
    claims: ['001.13', '000.22'],
    body: `I would bet on **neither**, and here is how I would lose. Honea and Barclay both ask who *hears* the complaint. I would follow one complaint to its end and ask who could give the money back.

- Where: three cafés of one chain, one of them with a community manager.
- What: every complaint, the time until it is closed, and by whom.
- How long: ten weeks, without telling the staff which complaints count.

If in one café more than half are closed by either of the two titles, I pay, and gladly. If the cashier closes them, both authors described a desk and not the work.`,
  },
  {
    id: 'barclay',
    prompt: 'X.1',
    by: 'maximiliane',
    role: 'smm',
    claims: ['000.22', '001.14'],
    body: `My money is on Barclay, for firms that sell to strangers. A stranger complains where the firm is loudest, and that is the account which the social media manager runs [000.21]. The *meat shields* whom Honea quotes stand in front of members, and a stranger is no member yet.

I would watch an airline for a month: where does a complaint come in, and does whoever replies move it elsewhere? If more than a third are moved to a place for members before anybody says sorry, Honea is right and I pay. If fewer are, the one who is loudest must also be the one who listens, as uncomfortable as that is.`,
    replies: [
      {
        by: 'jiwoo',
        body: 'Moved before anybody says sorry: I like that as a line. But an airline will say sorry by machine within a minute, so I would count from the first sentence that a person wrote.',
      },
    ],
  },
  {
    id: 'replying-kostas',
    prompt: 'Q003.2',
    by: 'kostas',
    role: 'smm',
    claims: ['000.14'],
    body: 'Yes. Barclay lets both roles answer comments, and whoever answers a thousand of them is in talk with a thousand people. In unit 1 I said the same about the tea firm, and I would say it again: being answered is what most people want from a firm.',
  },
  {
    id: 'replying-xiaohong',
    prompt: 'Q003.2',
    by: 'xiaohong',
    role: 'cm',
    claims: ['003.03'],
    body: 'No. Cole says that the roles are lumped together where being social is no more than replying. A shop that answers everything and asks nothing is a good help desk. Back then I said yes about the tea firm; today I would ask who talked to whom.',
  },
  {
    id: 'replying-maria',
    prompt: 'Q003.2',
    by: 'maria',
    role: 'cm',
    claims: ['002a.14'],
    body: 'Half of it. To answer you must have listened, and 002a puts both into one line. But a firm can answer every comment by noon and know nobody by evening. I said no in unit 1, and I still do, with more patience for the ones who try.',
  },
  {
    id: 'replying-priya',
    prompt: 'Q003.2',
    by: 'priya',
    role: 'both',
    claims: ['001.11'],
    body: 'It begins there. Our radio answers what listeners ask about the programme, as Honea would have it, and sometimes two of them go on without us. That moment is the social part. If it never comes in a year, then replying was only replying.',
  },
  {
    id: 'replying-jonas',
    prompt: 'Q003.2',
    by: 'jonas',
    role: 'neither',
    claims: ['000.13'],
    body: 'I would count the other way round. Being social is when somebody outside answers a comment before the firm does. So a firm that answers *every* comment at once may be keeping its people from it. That is not what I said about the tea firm, where I only looked at speed.',
  },
  {
    id: 'replying-chloe',
    prompt: 'Q003.2',
    by: 'chloe',
    role: 'smm',
    claims: ['000.14'],
    body: 'Yes, of course it is social, and it is the hardest part of the work that I have seen. People come with their worst day and you answer in a friendly voice. Whoever calls that a poor test has not done it for a whole week in December.',
  },
  {
    id: 'held-first',
    prompt: 'X.1',
    by: 'grace',
    role: 'both',
    claims: ['000.22', '001.13'],
    body: `I would not bet on either of them alone. Complaints have a loud half and a quiet half. The loud half arrives under a post, and Barclay is right about it; the quiet half comes from people who have stopped writing, and only somebody who knows the members notices. To put it to the test I would take a library for one term, count the complaints under posts, and then ask twenty members who came less often what they never wrote down. If the quiet half is less than a quarter, I was wrong, and Barclay keeps the prize.`,
  },
];
