import type { Random } from './random.ts'

/*
 * First names as people of each language write them on Telegram, and the same names in Latin letters where a username
 * is made of them.
 */

const names: Record<string, { written: string; latin?: string }> = {
  ru: {
    written:
      'Анна Мария Екатерина Ольга Дарья Полина Ксения Алина Виктория Юля Настя Лена Света Ира Дима Саша Миша Иван Алексей Сергей Андрей Никита Артём Максим Кирилл Роман Павел Егор Тимофей Глеб Ярослав Владислав',
    latin:
      'anna maria katya olga dasha polina ksenia alina vika yulia nastya lena sveta ira dima sasha misha ivan alex sergey andrey nikita artem max kirill roman pavel egor tim gleb yarik vlad',
  },
  en: {
    written:
      'Olivia Emma Charlotte Amelia Sophia Mia Isla Ava Ella Grace Chloe Ruby Megan Hannah Zoe Liam Noah Oliver James Elijah Lucas Henry Jack Leo Ethan Mason Aiden Ryan Priya Arjun Chidi Kwame Siobhan Callum',
  },
  es: {
    written:
      'Lucía Sofía Martina Valeria Camila Ximena Paula Daniela Carmen Inés Mateo Santiago Hugo Alejandro Diego Javier Álvaro Andrés Joaquín Íñigo Ángel Nicolás',
    latin:
      'lucia sofia martina valeria camila ximena paula daniela carmen ines mateo santi hugo alejandro diego javi alvaro andres joaquin inigo angel nico',
  },
  pt: {
    written:
      'Maria João Beatriz Inês Letícia Júlia Larissa Bruna Thiago Gabriel Rafael Caio Luís Antônio Conceição',
    latin: 'maria joao bia ines leticia julia larissa bruna thiago gabriel rafa caio luis antonio ceica',
  },
  de: {
    written:
      'Anna Lea Jörg Jürgen Lena Mia Hannah Jonas Lukas Felix Maximilian Björn Käthe Sören Annika Heike',
    latin: 'anna lea joerg juergen lena mia hannah jonas lukas felix max bjoern kaethe soeren annika heike',
  },
  fr: {
    written: 'Chloé Léa Manon Zoé Inès Hélène François Théo Gaëlle Loïc Jérôme Aurélie Noémie Raphaël',
    latin: 'chloe lea manon zoe ines helene francois theo gaelle loic jerome aurelie noemie raph',
  },
  it: {
    written: 'Giulia Sofia Aurora Chiara Martina Francesca Leonardo Lorenzo Matteo Giovanni Alessandro Luca',
  },
  tr: {
    written: 'Zeynep Elif Ayşe Çağla Şule Mehmet Mustafa Emre Özgür İbrahim Oğuz Yiğit',
    latin: 'zeynep elif ayse cagla sule mehmet mustafa emre ozgur ibrahim oguz yigit',
  },
  uk: {
    written: 'Оксана Соломія Наталя Зоряна Андрій Тарас Богдан Олексій Ївга Ганна',
    latin: 'oksana solomia natalia zoriana andrii taras bohdan oleksii yivha hanna',
  },
  ar: {
    written: 'محمد أحمد علي فاطمة مريم نور ليلى يوسف خالد سارة عبدالرحمن زينب',
    latin: 'mohammed ahmed ali fatima maryam noor layla youssef khaled sara abdulrahman zainab',
  },
  hi: {
    written: 'आरव विवान आदित्य अनन्या प्रिया दीया रोहन काव्या श्रेया अर्जुन',
    latin: 'aarav vivaan aditya ananya priya diya rohan kavya shreya arjun',
  },
  ja: {
    written: 'さくら 陽菜 結衣 ゆい 蓮 大翔 悠真 美咲 ハルカ けんた',
    latin: 'sakura hina yui yuichan ren hiroto yuma misaki haruka kenta',
  },
}

const ornaments = ['✨', '🌸', '🔥', '🐈', '🦊', '🇧🇷', '👩‍🎨', '💫', '🍀', '📸', '🎧', '🏳️‍🌈']
const longNames = [
  'Maximilian-Alexander Freiherr von und zu Hohenlohe-Langenburg',
  'María de los Ángeles del Rosario Fernández-Villaverde y Ortiz',
  'Константин Константинович Константинопольский-Задунайский',
  'Wolfeschlegelsteinhausenbergerdorff',
  'Ana Beatriz Conceição dos Santos Albuquerque de Vasconcelos',
]
const oddNames = [
  '.',
  'ㅤ',
  'A',
  'Ж',
  '🦄',
  'user',
  '~*Mila*~',
  'КОТ В САПОГАХ',
  'null',
  "O'Neil",
  '<b>Bob</b>',
  '%s',
]

/** How a person is called on Telegram; many have no username. */
export interface Name {
  firstName: string
  username: string | null
}

function firstNameOf(random: Random, plain: string): string {
  const form = random.next()
  if (form < 0.012) return random.pick(longNames)
  if (form < 0.03) return random.pick(oddNames)
  if (form < 0.11) return `${plain} ${random.pick(ornaments)}`
  return plain
}

/**
 * Draws a name of the language. `ordinal` ends every username, so that no two are the same: Telegram gives each once.
 */
export function drawName(random: Random, language: string, ordinal: number): Name {
  const written = names[language]?.written.split(' ') ?? ['Alex']
  const latin = names[language]?.latin?.split(' ') ?? written
  const index = random.whole(0, written.length - 1)
  const firstName = firstNameOf(random, written[index] ?? 'Alex')
  if (!random.chance(0.68)) return { firstName, username: null }
  const word = random.pick(['', '', '', 'photo', 'art', 'life', 'cat', 'sun', 'art_lover_from_the_north'])
  const stem = [(latin[index] ?? 'alex').toLowerCase(), word].filter((part) => part !== '').join('_')
  return { firstName, username: `${stem.slice(0, 25)}_${ordinal.toString(36)}` }
}
