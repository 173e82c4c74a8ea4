/** An answer in a script that puts no spaces around markup, or is read from the right; for tests. */
export interface ScriptSample {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly text: string;
  /** What is bold in it, in order. */
  readonly bold: readonly string[];
  readonly struck: readonly string[];
  /** Addresses that are links in it, in order. */
  readonly links: readonly string[];
}

export const SCRIPT_SAMPLES: readonly ScriptSample[] = [
  {
    language: 'Chinese',
    direction: 'ltr',
    text: [
      '## 说明\n\n这是**“重点”**的内容，见https://example.com/docs（说明）了。也可以看 https://example.com/a?b=1。',
      '\n\n- **注意：**先备份\n- 请用**`rm -i`**命令\n- ~~「旧的」~~已删除\n\n> 他说：“**好！**”然后走了。\n\n',
      '| 项目 | 内容 |\n|---|---|\n| 一 | 甲<br>乙 |\n\n质能方程\n$$E=mc^2$$\n---\n完',
    ].join(''),
    bold: ['“重点”', '注意：', 'rm -i', '好！'],
    struck: ['「旧的」'],
    links: ['https://example.com/docs', 'https://example.com/a?b=1'],
  },
  {
    language: 'Japanese',
    direction: 'ltr',
    text: [
      '**この文（重要）。**次の文です。詳しくは「https://example.com/ja/docs」、または<https://example.com/b>へ。',
      '\n\n1. **「鍵括弧」**を使う\n2. ファイル**（PDF）**を開く\n3. ~~古い（廃止）~~です\n\n見てください：https://ja.wikipedia.org/wiki/日本・中国、以上。',
    ].join(''),
    bold: ['この文（重要）。', '「鍵括弧」', '（PDF）'],
    struck: ['古い（廃止）'],
    links: [
      'https://example.com/ja/docs',
      'https://example.com/b',
      'https://ja.wikipedia.org/wiki/日本・中国',
    ],
  },
  {
    language: 'Korean',
    direction: 'ltr',
    text: [
      '**한국어(Korean)**는 쉽습니다. **“인용”**이라고 했고, *강조!*라고도 했다. ~~취소(예)~~는 지웠다.',
      '\n\n* **참고:**다음을 보세요 https://example.com/ko」\n* 주소는 ‘https://example.com/c’입니다.',
    ].join(''),
    bold: ['한국어(Korean)', '“인용”', '참고:'],
    struck: ['취소(예)'],
    links: ['https://example.com/ko', 'https://example.com/c'],
  },
  {
    language: 'Arabic',
    direction: 'rtl',
    text: [
      '## ملخص\n\nهذا **«مهم»** و**(عاجل)**جدا، انظر https://example.com/ar، شكرا.\n\n',
      '- النقطة **الأولى:**هنا\n- `npm test` ثم ~~«القديم»~~انتهى\n\n1. واحد\n2. اثنان\n\n> اقتباس «https://example.com/q» هنا\n\n',
      '| الاسم | القيمة |\n|---|---|\n| أ | ب<br/>ت |\n\n```js\nconst a = 1;\n```',
    ].join(''),
    bold: ['«مهم»', '(عاجل)', 'الأولى:'],
    struck: ['«القديم»'],
    links: ['https://example.com/ar', 'https://example.com/q'],
  },
  {
    language: 'Hebrew',
    direction: 'rtl',
    text: [
      'זה **"חשוב"** וה**(דחוף)**ביותר, ראו „https://example.com/he” כאן.\n\n',
      '- פריט **ראשון:**כאן\n- ~~"ישן"~~נמחק\n\n> ציטוט\n> - בתוך ציטוט\n\n| שם | ערך |\n|---|---|\n| א | ב |',
    ].join(''),
    bold: ['"חשוב"', '(דחוף)', 'ראשון:'],
    struck: ['"ישן"'],
    links: ['https://example.com/he'],
  },
  {
    language: 'Thai',
    direction: 'ltr',
    text: 'คำว่า**"สำคัญ"**นะครับ และ**(ด่วน)**มาก ~~"เก่า"~~แล้ว ดู “https://example.com/th” ครับ\n\n- **หมายเหตุ:**ตรงนี้\n- สอง',
    bold: ['"สำคัญ"', '(ด่วน)', 'หมายเหตุ:'],
    struck: ['"เก่า"'],
    links: ['https://example.com/th'],
  },
];
